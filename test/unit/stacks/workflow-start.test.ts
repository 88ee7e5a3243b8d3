import { differences } from "../../../deploy/affected/differences";
import { iris } from "../../../pipelines/iris/model";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import type { EstateChange } from "../../support/changed-estate";
import { resources, statementsOf } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

/** An image that starts its model's workflow. */
const id = "dev-iris-container";
const starting = (startsWorkflow?: "pushed" | "scanned"): EstateChange => ({
  files: {
    "dev.json": {
      models: {
        iris: {
          workflow: { answerHours: 2 },
          container: { repository: "example/models", ...(startsWorkflow && { startsWorkflow }) },
        },
      },
    },
  },
  models: [iris, mammoSeverity],
});
const by = {
  nothing: changedStacks(starting()),
  pushed: changedStacks(starting("pushed")),
  scanned: changedStacks(starting("scanned")),
};
const rules = (all: keyof typeof by) =>
  Object.fromEntries(
    resources(stackOf(by[all], id), "aws_cloudwatch_event_rule").map((rule) => [
      String(rule.name),
      JSON.parse(String(rule.event_pattern)) as unknown,
    ]),
  );
const machine = "arn:aws:states:us-east-1:111111111111:stateMachine:iris-workflow";

test("it is one that was pushed whole, by a tag", () => {
  expect(rules("pushed")["iris-container-start"]).toEqual({
    source: ["aws.ecr"],
    "detail-type": ["ECR Image Action"],
    detail: {
      "repository-name": ["mlops-iris"],
      "action-type": ["PUSH"],
      result: ["SUCCESS"],
      "image-tag": [{ "anything-but": [""] }],
    },
  });
});

test("it is one that a scan found clean, where that is asked for; others are told", () => {
  const scan = {
    source: ["aws.ecr", "aws.inspector2"],
    "detail-type": ["ECR Image Scan", "Inspector2 Scan"],
  };
  const none = [{ exists: false }, 0];
  const repository = ["mlops-iris", "arn:aws:ecr:us-east-1:111111111111:repository/mlops-iris"];
  expect(rules("scanned")).toMatchObject({
    "iris-container-start": {
      ...scan,
      detail: {
        "repository-name": repository,
        "scan-status": ["COMPLETE", "INITIAL_SCAN_COMPLETE"],
        "finding-severity-counts": { CRITICAL: none, HIGH: none },
      },
    },
    "iris-container-scan": { ...scan, detail: { "repository-name": repository } },
  });
});

test("the workflow gets its digest, as a role that may start it and nothing else", () => {
  const all = stackOf(by.pushed, id);
  expect(resources(all, "aws_cloudwatch_event_target").find(({ arn }) => arn === machine)).toMatchObject({
    input_transformer: {
      input_paths: { digest: "$.detail.image-digest" },
      input_template: '{"digest":"<digest>","answerSeconds":"7200"}',
    },
    retry_policy: { maximum_event_age_in_seconds: 3600 },
    dead_letter_config: { arn: expect.stringContaining("aws_sqs_queue") as string },
    depends_on: [expect.stringMatching(/^aws_iam_role_policy\./)],
  });
  expect(
    statementsOf(resources(all, "aws_iam_role_policy").find(({ name }) => name === "start")?.policy),
  ).toEqual([{ Sid: "Start", Effect: "Allow", Action: ["states:StartExecution"], Resource: [machine] }]);
  const role = resources(all, "aws_iam_role").find(({ name }) => name === "container-start-role-iris");
  expect(statementsOf(role?.assume_role_policy)).toMatchObject([
    {
      Principal: { Service: ["events.amazonaws.com"] },
      Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
    },
  ]);
});

test("it may be asked for, changed and taken back, and nothing else changes than who may tell and queue", () => {
  const reasons = (before: keyof typeof by, after: keyof typeof by) => {
    const of = (all: keyof typeof by) => ({
      [id]: { configuration: { ...stackOf(by[all], id) }, assets: {} },
    });
    const [{ reasons } = { reasons: [] }] = differences(of(before), of(after)).stacks;
    return reasons.map((reason) => reason.replace(/_[0-9A-F]{8} /, " "));
  };
  const policies = [
    "aws_sns_topic_policy.alerts_policy changed: policy",
    "aws_sqs_queue.undelivered-events_queue changed: policy",
  ];
  const scan = [
    "aws_cloudwatch_event_rule.workflow_scan_rule",
    "aws_cloudwatch_event_target.workflow_scan_target",
  ];
  const start = [
    "aws_cloudwatch_event_rule.workflow_start_rule",
    "aws_cloudwatch_event_target.workflow_start_target",
    "aws_iam_role.workflow_role",
    "aws_iam_role_policy.workflow_role_start",
  ];
  const all = (verb: string) => [...start, ...scan].map((one) => `${one} ${verb}`);
  expect(reasons("nothing", "scanned")).toEqual([...all("added"), ...policies].toSorted());
  expect(reasons("scanned", "nothing")).toEqual([...all("removed"), ...policies].toSorted());
  expect(reasons("pushed", "scanned")).toEqual(
    [
      ...scan.map((one) => `${one} added`),
      `${start[0]} changed: description, event_pattern`,
      ...policies,
    ].toSorted(),
  );
});
