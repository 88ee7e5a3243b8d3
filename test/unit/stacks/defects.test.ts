/** The reference implementation's defects in resources and events, each with the test that ours does not share it. */
import { only, resources, statementsOf, type Statement } from "../../support/synth";
import { synthesisedStacks, stackOf } from "../../support/synthesised";

const stacks = synthesisedStacks();
const prod = stackOf(stacks, "prod-mammo-severity");
const foundation = stackOf(stacks, "prod-foundation");

const rulePattern = (name: string) => {
  const rule = resources(prod, "aws_cloudwatch_event_rule").find((candidate) => candidate.name === name);
  return JSON.parse(String(rule?.event_pattern)) as {
    detail: Record<string, string[]>;
    "detail-type": string[];
  };
};

const statementsOfEverything = (): Statement[] =>
  Object.values(stacks).flatMap((stack) => [
    ...[
      "aws_iam_role_policy",
      "aws_iam_policy",
      "aws_kms_key",
      "aws_s3_bucket_policy",
      "aws_sns_topic_policy",
    ].flatMap((type) => resources(stack, type).flatMap(({ policy }) => statementsOf(policy))),
    ...resources(stack, "aws_iam_role").flatMap((role) => statementsOf(role.assume_role_policy)),
  ]);

test("defect: the inline policy of the Lambda role leaves DescribeModelPackage to a FullAccess policy", () => {
  const policies = resources(foundation, "aws_iam_role_policy");
  const lookUp = policies.find(
    ({ role, name }) => String(role).includes("lookup") && name === "cross-account-model-registry-access",
  );
  expect(statementsOf(lookUp?.policy)[0]).toEqual({
    Sid: "Versions",
    Effect: "Allow",
    Action: ["sagemaker:ListModelPackages", "sagemaker:DescribeModelPackage"],
    Resource: ["arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/*"],
  });
});

test("defect: the Jenkins role also trusts events.amazonaws.com", () => {
  const role = resources(foundation, "aws_iam_role").find(
    ({ name }) => name === "cross-account-jenkins-role",
  );
  expect(statementsOf(role?.assume_role_policy)).toEqual([
    {
      Effect: "Allow",
      Principal: { AWS: ["arn:aws:iam::444444444444:root"] },
      Condition: {
        ArnEquals: { "aws:PrincipalArn": ["arn:aws:iam::444444444444:role/jenkins-server-role"] },
      },
      Action: ["sts:AssumeRole"],
    },
  ]);
});

test("defect: FullAccess policies are attached, six to the Jenkins role alone", () => {
  const attached = Object.values(stacks).flatMap((stack) =>
    resources(stack, "aws_iam_role_policy_attachment"),
  );
  expect(attached.filter(({ policy_arn: arn }) => String(arn).includes("arn:aws:iam::aws:policy"))).toEqual(
    [],
  );
  const wide = statementsOfEverything().filter(({ Effect, Action, Sid }) => {
    const wildcard = Action.some((action) => action === "*" || /^[a-z0-9-]+:\*$/.test(action));
    return Effect === "Allow" && wildcard && Sid !== "AccountAdministration";
  });
  expect(wide).toEqual([]);
});

test("defect: any inference failure starts training", () => {
  const pattern = rulePattern("mammo-severity-drift-retraining");
  expect(pattern["detail-type"]).toEqual(["SageMaker Model Building Pipeline Execution Step Status Change"]);
  expect(pattern.detail.currentStepStatus).toEqual(["Failed"]);
  expect(pattern.detail.pipelineArn).toEqual([
    expect.stringMatching(/^\$\{aws_sagemaker_pipeline\.inference/),
  ]);
  expect(pattern.detail.stepName).toHaveLength(1);
  expect(pattern.detail.stepName?.[0]).toMatch(/-monitoring$/);
});

test("defect: the topic is encrypted with the AWS-managed SNS key, which EventBridge may not use", () => {
  const keys = resources(prod, "aws_sns_topic").map(({ kms_master_key_id: key }) => key);
  expect(keys).toEqual(["alias/mlops-prod-state", "alias/mlops-prod"]);
  expect(statementsOf(only(foundation, "aws_kms_key").policy)).toContainEqual({
    Sid: "EventsToTopics",
    Effect: "Allow",
    Principal: { Service: ["events.amazonaws.com"] },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: ["*"],
    Condition: {
      ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": "arn:aws:sns:us-east-1:222222222222:*" },
    },
  });
});

test("defect: two topics are declared under one name, and the policy sits on one of them without a condition", () => {
  const names = resources(prod, "aws_sns_topic").map(({ name }) => name);
  expect(names).toEqual(["mammo-severity-alarms", "mammography-model-notification"]);
  const policies = resources(prod, "aws_sns_topic_policy").map(({ policy }) => statementsOf(policy));
  expect(policies).toHaveLength(2);
  expect(policies.find(([first]) => first?.Sid === "PublishByRules")?.[0]?.Condition).toEqual({
    ArnEquals: {
      "aws:SourceArn": [
        "arn:aws:events:us-east-1:222222222222:rule/mammo-severity-step-failure",
        "arn:aws:events:us-east-1:222222222222:rule/mammo-severity-execution-failure",
      ],
    },
  });
});

test("defect: failure rules ignore the event bus that their targets use", () => {
  const buses = ["aws_cloudwatch_event_rule", "aws_cloudwatch_event_target"].map((type) =>
    resources(prod, type).map(({ event_bus_name: bus }) => bus),
  );
  expect(new Set(buses.flat())).toEqual(new Set([undefined]));
});

test("defect: no dead-letter queue and no retry policy", () => {
  const targets = resources(prod, "aws_cloudwatch_event_target");
  expect(targets).toHaveLength(4);
  for (const target of targets) {
    expect(target.dead_letter_config).toEqual({ arn: expect.stringContaining("aws_sqs_queue") as string });
    expect(target.retry_policy).toEqual({ maximum_event_age_in_seconds: 3600, maximum_retry_attempts: 24 });
  }
});

test("defect: ListBucket is granted on objects, where it has no effect", () => {
  const listing = statementsOfEverything().filter(({ Action }) => Action.includes("s3:ListBucket"));
  expect(listing.length).toBeGreaterThan(0);
  expect(listing.flatMap(({ Resource = [] }) => Resource).filter((arn) => arn.endsWith("/*"))).toEqual([]);
});

test("defect: pipeline names stand twice and ARNs are spelled out in the configuration", () => {
  const prodFile = JSON.stringify(jest.requireActual<object>("../../fixtures/estate/prod.json"));
  expect(prodFile).not.toContain("arn:aws");
  expect(prodFile).not.toContain("pipeline");
});
