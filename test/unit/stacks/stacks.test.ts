import { billOfMaterials, resources } from "../../support/synth";
import { synthesisedStacks, stackOf } from "../../support/synthesised";

const stacks = synthesisedStacks();

const bucket = {
  aws_s3_bucket: 1,
  aws_s3_bucket_lifecycle_configuration: 1,
  aws_s3_bucket_ownership_controls: 1,
  aws_s3_bucket_policy: 1,
  aws_s3_bucket_public_access_block: 1,
  aws_s3_bucket_server_side_encryption_configuration: 1,
  aws_s3_bucket_versioning: 1,
};
const key = { aws_kms_alias: 1, aws_kms_key: 1 };

test("the tests' estate has ten stacks", () => {
  expect(Object.keys(stacks).toSorted()).toEqual([
    "dev-foundation",
    "dev-mammo-severity",
    "dev-state",
    "jenkins",
    "jenkins-state",
    "prod-foundation",
    "prod-mammo-severity",
    "prod-state",
    "registry",
    "registry-state",
  ]);
});

test.each([
  [
    "registry",
    { ...bucket, ...key, aws_sagemaker_model_package_group: 1, aws_sagemaker_model_package_group_policy: 1 },
  ],
  ["prod-state", { ...bucket, ...key }],
  ["jenkins", { aws_iam_instance_profile: 1, aws_iam_role: 1, aws_iam_role_policy: 1 }],
  [
    "prod-foundation",
    {
      ...bucket,
      ...key,
      aws_cloudwatch_log_group: 5,
      aws_iam_policy: 9,
      aws_iam_role: 5,
      aws_iam_role_policy: 16,
      aws_iam_role_policy_attachment: 9,
    },
  ],
  [
    "dev-foundation",
    {
      ...bucket,
      ...key,
      aws_cloudwatch_log_group: 5,
      aws_iam_policy: 2,
      aws_iam_role: 4,
      aws_iam_role_policy: 12,
      aws_iam_role_policy_attachment: 2,
    },
  ],
  [
    "prod-mammo-severity",
    {
      aws_cloudwatch_event_rule: 4,
      aws_cloudwatch_event_target: 4,
      aws_cloudwatch_metric_alarm: 3,
      aws_lambda_function: 3,
      aws_lambda_permission: 1,
      aws_s3_object: 2,
      aws_sagemaker_pipeline: 2,
      aws_sns_topic: 2,
      aws_sns_topic_policy: 2,
      aws_sns_topic_subscription: 2,
      aws_sqs_queue: 1,
      terraform_data: 1,
    },
  ],
])("%s holds exactly what it should", (id, materials) => {
  expect(billOfMaterials(stackOf(stacks, id))).toEqual(
    Object.fromEntries(Object.entries(materials).toSorted(([a], [b]) => a.localeCompare(b))),
  );
});

test("dev and prod have one shape: dev only lacks what its configuration does not ask for", () => {
  const dev = billOfMaterials(stackOf(stacks, "dev-mammo-severity"));
  const { aws_lambda_permission, ...prod } = billOfMaterials(stackOf(stacks, "prod-mammo-severity"));
  const without = {
    aws_cloudwatch_event_rule: 2,
    aws_cloudwatch_event_target: 2,
    aws_cloudwatch_metric_alarm: 2,
    aws_lambda_function: 2,
  };
  expect(dev).toEqual({ ...prod, ...without });
  expect(aws_lambda_permission).toBe(1);
});

test.each(Object.entries(stacks))("%s works in its own account only, through a role", (_, stack) => {
  const [provider] = stack.provider.aws;
  const backend = stack.terraform.backend.s3;
  expect(provider?.allowed_account_ids).toEqual(backend.allowed_account_ids);
  expect(provider?.assume_role).toEqual([
    expect.objectContaining({ role_arn: expect.stringMatching(/:role\//) as string }),
  ]);
  expect(backend).toMatchObject({
    use_lockfile: true,
    assume_role: { role_arn: expect.any(String) as string },
  });
});

test.each(Object.entries(stacks))(
  "%s reads no other stack's state, and looks up at most a key, or what stands of SageMaker's log groups",
  (id, stack) => {
    const looksUp = [
      ...(id.endsWith("-mammo-severity") ? ["aws_kms_alias"] : []),
      ...(id.endsWith("-foundation") ? ["aws_cloudwatch_log_groups"] : []),
    ];
    expect(Object.keys(stack.data ?? {})).toEqual(looksUp);
  },
);

test.each(Object.entries(stacks))("%s protects from Terraform all that holds data", (_, stack) => {
  const holders = ["aws_kms_key", "aws_s3_bucket", "aws_sagemaker_model_package_group"];
  for (const resource of holders.flatMap((type) => resources(stack, type))) {
    expect(resource.lifecycle).toMatchObject({ prevent_destroy: true });
  }
});

test("model stacks are applied by Jenkins where an environment names its CI account, else by an administrator", () => {
  const roleOf = (id: string) =>
    (stackOf(stacks, id).provider.aws[0]?.assume_role as { role_arn: string }[])[0]?.role_arn;
  expect(roleOf("prod-mammo-severity")).toBe("arn:aws:iam::222222222222:role/cross-account-jenkins-role");
  expect(roleOf("dev-mammo-severity")).toBe("arn:aws:iam::111111111111:role/OrganizationAccountAccessRole");
  expect(roleOf("prod-foundation")).toBe("arn:aws:iam::222222222222:role/OrganizationAccountAccessRole");
});

test("every resource carries the project's tags", () => {
  const [provider] = stackOf(stacks, "prod-mammo-severity").provider.aws;
  expect(provider?.default_tags).toEqual([
    {
      tags: {
        project: "mlops",
        owner: "ml-platform",
        environment: "prod",
        stack: "prod-mammo-severity",
        "managed-by": "terraform",
      },
    },
  ]);
});

test("synthesising twice gives the same bytes", () => {
  expect(JSON.stringify(synthesisedStacks())).toBe(JSON.stringify(stacks));
});
