import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { GetKeyPolicyCommand, KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import { GetBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import {
  DescribePipelineCommand,
  GetModelPackageGroupPolicyCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { statementsOf } from "../support/synth";
import { AppliedEstate } from "../support/applied-estate";

let applied: AppliedEstate;

beforeAll(async () => {
  applied = await AppliedEstate.copy();
});
afterAll(() => applied.stop());

test("each stack's state is in its account's own bucket", async () => {
  const states = await Promise.all(
    applied.stacks.map(async (stack) => (await applied.accounts.stateOf(stack)).version()),
  );
  for (const state of states) expect(state.serial).toBeGreaterThan(0);
});

test("dev: the key policy lets prod's execution role read", async () => {
  const kms = new KMSClient(await applied.access("dev"));
  const { Policy } = await kms.send(
    new GetKeyPolicyCommand({ KeyId: await keyBehind(kms, "alias/mlops-dev"), PolicyName: "default" }),
  );
  const reader = statementsOf(Policy).find(({ Sid }) => Sid === "ReadBy222222222222");
  expect(reader).toMatchObject({
    Principal: { AWS: ["arn:aws:iam::222222222222:root"] },
    Action: ["kms:Decrypt", "kms:DescribeKey"],
  });
});

test("registry: the artifacts bucket's policy names both workload accounts", async () => {
  const s3 = new S3Client({ ...(await applied.access("registry")), forcePathStyle: true });
  const { Policy } = await s3.send(
    new GetBucketPolicyCommand({ Bucket: "mlops-sagemaker-artifacts-333333333333" }),
  );
  expect(statementsOf(Policy).map(({ Sid }) => Sid)).toEqual([
    "DenyPlainTransport",
    "DenyOtherKeys",
    "DenyOtherAlgorithms",
    "DenyUnnamedKey",
    "DenyWritersKeys",
    "DenyOverwritingVersions",
    "RunsOfDev",
    "ArtifactsForDev",
    "VersionsOfDev",
    "RunsOfProd",
    "ArtifactsForProd",
    "VersionsOfProd",
    "Listing",
  ]);
});

test("registry: the package group's resource policy lets both workload accounts register versions", async () => {
  const sagemaker = new SageMakerClient(await applied.access("registry"));
  const { ResourcePolicy } = await sagemaker.send(
    new GetModelPackageGroupPolicyCommand({ ModelPackageGroupName: "mammo-severity-model-package" }),
  );
  const writers = statementsOf(ResourcePolicy).filter(
    ({ Effect, Action }) => Effect === "Allow" && Action.includes("sagemaker:CreateModelPackage"),
  );
  expect(writers.map(({ Sid }) => Sid)).toEqual(["UseVersions111111111111", "UseVersions222222222222"]);
});

test.each(["dev", "prod"])(
  "%s: both pipelines stand with their definitions and the execution role",
  async (name) => {
    const sagemaker = new SageMakerClient(await applied.access(name));
    for (const kind of ["train", "inference"]) {
      const PipelineName = `mammo-severity-${kind}-pipeline`;
      const pipeline = await sagemaker.send(new DescribePipelineCommand({ PipelineName }));
      const definition = JSON.parse(pipeline.PipelineDefinition ?? "") as {
        Version: string;
        Steps: unknown[];
      };
      expect(definition.Version).toBe("2020-12-01");
      expect(definition.Steps.length).toBeGreaterThan(3);
      expect(pipeline.RoleArn).toMatch(/:role\/sagemaker-execution-role-mammo-severity$/);
    }
  },
);

test("prod: every rule stands with its target, role, retry policy and dead-letter queue", async () => {
  const events = new EventBridgeClient(await applied.access("prod"));
  const { Rules = [] } = await events.send(new ListRulesCommand({}));
  const targets = await Promise.all(
    Rules.map(async ({ Name }) => {
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name }));
      return Targets.map((target) => [Name, summaryOf(target)] as const);
    }),
  );
  const pipeline = (name: string) =>
    `arn:aws:sagemaker:us-east-1:222222222222:pipeline/mammo-severity-${name}-pipeline`;
  const role = "arn:aws:iam::222222222222:role/sagemaker-execution-role-mammo-severity";
  const topic = "arn:aws:sns:us-east-1:222222222222:mammography-model-notification";
  const guard = "arn:aws:lambda:us-east-1:222222222222:function:mammo-severity-drift-retraining";
  expect(Object.fromEntries(targets.flat())).toEqual({
    "mammo-severity-inference-schedule": { ...delivery, arn: pipeline("inference"), role },
    "mammo-severity-drift-retraining": { ...delivery, arn: guard, role: undefined },
    "mammo-severity-step-failure": { ...delivery, arn: topic, role: undefined },
    "mammo-severity-execution-failure": { ...delivery, arn: topic, role: undefined },
  });
  expect(Rules.find(({ Name }) => Name === "mammo-severity-inference-schedule")?.ScheduleExpression).toBe(
    "cron(0 23 * * ? *)",
  );
});

test("prod: the topic is encrypted with the account's key and lets our rules publish", async () => {
  const sns = new SNSClient(await applied.access("prod"));
  const TopicArn = "arn:aws:sns:us-east-1:222222222222:mammography-model-notification";
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes?.KmsMasterKeyId).toBe("alias/mlops-prod");
  expect(statementsOf(Attributes?.Policy).map(({ Sid }) => Sid)).toEqual([
    "PublishByRules",
    "PublishByAlarms",
    "DenyPlainTransport",
  ]);
});

const delivery = {
  retries: 24,
  deadLetters: "arn:aws:sqs:us-east-1:222222222222:mammo-severity-undelivered-events",
};

const summaryOf = (target: Target) => ({
  arn: target.Arn,
  role: target.RoleArn,
  retries: target.RetryPolicy?.MaximumRetryAttempts,
  deadLetters: target.DeadLetterConfig?.Arn,
});

async function keyBehind(kms: KMSClient, alias: string): Promise<string> {
  const { Aliases = [] } = await kms.send(new ListAliasesCommand({}));
  const key = Aliases.find(({ AliasName }) => AliasName === alias)?.TargetKeyId;
  if (!key) throw new Error(`no key has the alias ${alias}`);
  return key;
}
