import { estateWithRoles } from "../../support/environments";
import { readEstate } from "../../support/estate";
import { billOfMaterials, only, resources, statementsOf, type Synthesised } from "../../support/synth";
import { stackOf, synthesisedStacks } from "../../support/synthesised";

let registry: Synthesised;
let prod: Synthesised;

beforeAll(() => {
  const stacks = synthesisedStacks(readEstate(estateWithRoles));
  registry = stackOf(stacks, "registry-audit");
  prod = stackOf(stacks, "prod-audit");
});

test("a trail records what is done everywhere, and each object of the account's buckets", () => {
  expect(only(registry, "aws_cloudtrail")).toMatchObject({
    name: "mlops-registry-audit",
    is_multi_region_trail: true,
    enable_log_file_validation: true,
    advanced_event_selector: [
      { field_selector: [{ field: "eventCategory", equals: ["Management"] }] },
      {
        field_selector: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          {
            field: "resources.ARN",
            starts_with: [
              "arn:aws:s3:::mlops-registry-terraform-state-333333333333/",
              "arn:aws:s3:::mlops-sagemaker-artifacts-333333333333/",
            ],
          },
        ],
      },
    ],
  });
});

test("a bucket of its own lets this trail write and nobody else, once its policy stands", () => {
  const source = "arn:aws:cloudtrail:us-east-1:333333333333:trail/mlops-registry-audit";
  const allowed = statementsOf(only(registry, "aws_s3_bucket_policy").policy).filter(
    ({ Effect }) => Effect === "Allow",
  );
  expect(allowed.map(({ Action }) => Action)).toEqual([["s3:GetBucketAcl"], ["s3:PutObject"]]);
  for (const { Principal, Condition } of allowed) {
    expect(Principal).toEqual({ Service: ["cloudtrail.amazonaws.com"] });
    expect(Condition?.StringEquals).toMatchObject({ "aws:SourceArn": source });
  }
  expect(only(registry, "aws_cloudtrail").depends_on).toEqual([
    expect.stringMatching(/^aws_s3_bucket_policy\.records_policy/),
  ]);
});

test("a bucket that stands already is taken as it is, with its own key", () => {
  expect(billOfMaterials(prod)).not.toHaveProperty("aws_s3_bucket");
  expect(only(prod, "aws_cloudtrail")).toMatchObject({ s3_bucket_name: "acme-log-archive" });
  expect(only(prod, "aws_cloudtrail")).not.toHaveProperty("kms_key_id");
});

test("an approval by anybody but the approver is told, with or without a role, where there is an approver", () => {
  const patternsOf = (stack: Synthesised) =>
    resources(stack, "aws_cloudwatch_event_rule").map(
      ({ event_pattern: pattern }) =>
        JSON.parse(String(pattern)) as { readonly detail: Readonly<Record<string, unknown>> },
    );
  const approver = "arn:aws:iam::333333333333:role/mlops-approver";
  expect(patternsOf(registry).map(({ detail }) => detail)).toContainEqual({
    eventSource: ["sagemaker.amazonaws.com"],
    eventName: ["UpdateModelPackage"],
    requestParameters: { modelApprovalStatus: ["Approved", "Rejected"] },
    userIdentity: {
      sessionContext: { sessionIssuer: { arn: [{ "anything-but": [approver] }, { exists: false }] } },
    },
  });
  const named = patternsOf(prod).flatMap(({ detail }) => detail.eventName);
  expect(named).toEqual(expect.arrayContaining(["ScheduleKeyDeletion", "StopLogging"]));
  expect(named).not.toContain("UpdateModelPackage");
});
