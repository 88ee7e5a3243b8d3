import type { Call } from "../../../../emulator/authorization/call";
import { needsOf } from "../../../../emulator/authorization/questions";

const account = "111111111111";
const region = "us-east-1";
const role = `arn:aws:iam::${account}:role/worker`;

const call = (line: string, parameters: Call["parameters"] = {}, more: Partial<Call> = {}): Call => {
  const [service = "", operation = ""] = line.split(":");
  const caller = { role, session: `arn:aws:sts::${account}:assumed-role/worker/s`, account };
  return { service, operation, parameters, headers: {}, region, caller, further: [], ...more };
};

const lines = async (asked: Call) =>
  (await needsOf(asked)).map(({ action, resource }) => `${action} ${resource}`);

const here = (service: string, name: string) => `arn:aws:${service}:${region}:${account}:${name}`;

test.each<[string, Call["parameters"], string[]]>([
  ["s3:HeadObject", { Bucket: "b", Key: "a/k" }, ["s3:GetObject arn:aws:s3:::b/a/k"]],
  ["s3:GetObject", { Bucket: "b", Key: "k", VersionId: "3" }, ["s3:GetObjectVersion arn:aws:s3:::b/k"]],
  ["s3:ListObjectsV2", { Bucket: "b" }, ["s3:ListBucket arn:aws:s3:::b"]],
  ["s3:GetPublicAccessBlock", { Bucket: "b" }, ["s3:GetBucketPublicAccessBlock arn:aws:s3:::b"]],
  [
    "s3:DeleteObjects",
    { Bucket: "b", Delete: { Objects: [{ Key: "1" }, { Key: "2" }] } },
    ["s3:DeleteObject arn:aws:s3:::b/1", "s3:DeleteObject arn:aws:s3:::b/2"],
  ],
  [
    "s3:CopyObject",
    { Bucket: "b", Key: "k", CopySource: "/c/a%20b" },
    ["s3:PutObject arn:aws:s3:::b/k", "s3:GetObject arn:aws:s3:::c/a b"],
  ],
  [
    "s3:UploadPartCopy",
    { Bucket: "b", Key: "k", CopySource: "c/d?versionId=3" },
    ["s3:PutObject arn:aws:s3:::b/k", "s3:GetObjectVersion arn:aws:s3:::c/d"],
  ],
  ["lambda:Invoke", { FunctionName: "f" }, [`lambda:InvokeFunction ${here("lambda", "function:f")}`]],
  ["ssm:GetParameter", { Name: "/a/b" }, [`ssm:GetParameter ${here("ssm", "parameter/a/b")}`]],
  [
    "ssm:ListTagsForResource",
    { ResourceType: "Parameter", ResourceId: "/a/b" },
    [`ssm:ListTagsForResource ${here("ssm", "parameter/a/b")}`],
  ],
  [
    "ssm:GetParameters",
    { Names: ["/a", "b"] },
    ["a", "b"].map((name) => `ssm:GetParameters ${here("ssm", `parameter/${name}`)}`),
  ],
  ["dynamodb:PutItem", { TableName: "t" }, [`dynamodb:PutItem ${here("dynamodb", "table/t")}`]],
  [
    "secretsmanager:GetSecretValue",
    { SecretId: here("secretsmanager", "secret:ci/token-a1b2c3") },
    [`secretsmanager:GetSecretValue ${here("secretsmanager", "secret:ci/token-a1b2c3")}`],
  ],
  ["events:PutRule", { Name: "r" }, [`events:PutRule ${here("events", "rule/r")}`]],
  ["events:PutRule", { Name: "r", EventBusName: "own" }, [`events:PutRule ${here("events", "rule/own/r")}`]],
  [
    "sqs:SendMessage",
    { QueueUrl: "http://127.0.0.1:1/222222222222/q" },
    [`sqs:SendMessage arn:aws:sqs:${region}:222222222222:q`],
  ],
  [
    "sqs:ChangeMessageVisibilityBatch",
    { QueueUrl: "http://127.0.0.1:1/222222222222/q" },
    [`sqs:ChangeMessageVisibility arn:aws:sqs:${region}:222222222222:q`],
  ],
  [
    "sns:GetSubscriptionAttributes",
    { SubscriptionArn: here("sns", "t:0f") },
    [`sns:GetSubscriptionAttributes ${here("sns", "t")}`],
  ],
  [
    "cloudwatch:DescribeAlarms",
    { AlarmNames: ["a", "b"] },
    ["a", "b"].map((name) => `cloudwatch:DescribeAlarms ${here("cloudwatch", `alarm:${name}`)}`),
  ],
  ["kms:ListAliases", {}, ["kms:ListAliases *"]],
  ["sts:GetCallerIdentity", {}, []],
  [
    "sagemaker:ListModelPackages",
    { ModelPackageGroupName: `arn:aws:sagemaker:eu-west-1:333333333333:model-package-group/g` },
    ["sagemaker:ListModelPackages arn:aws:sagemaker:eu-west-1:333333333333:model-package/g/1"],
  ],
  [
    "sagemaker:CreateModel",
    { ModelName: "m", ExecutionRoleArn: role },
    [`sagemaker:CreateModel ${here("sagemaker", "model/m")}`, `iam:PassRole ${role}`],
  ],
  [
    "events:PutTargets",
    { Rule: "r", Targets: [{ Arn: here("sagemaker", "pipeline/p"), RoleArn: role }] },
    [`events:PutTargets ${here("events", "rule/r")}`, `iam:PassRole ${role}`],
  ],
  [
    "sagemaker:DescribePipeline",
    { PipelineName: here("sagemaker", "pipeline/p") },
    [`sagemaker:DescribePipeline ${here("sagemaker", "pipeline/p")}`],
  ],
])("%s %j needs", async (line, parameters, needs) => {
  expect(await lines(call(line, parameters))).toEqual(needs);
});

test("an action that IAM does not know cannot be judged", async () => {
  await expect(needsOf(call("s3:Befriend"))).rejects.toThrow("IAM has no action s3:Befriend");
});

test("conditions see headers, parameters within others, tags, and what the service gives on", async () => {
  const [put] = await needsOf(
    call(
      "s3:PutObject",
      { Bucket: "b", Key: "k" },
      { headers: { "x-amz-server-side-encryption": "aws:kms" } },
    ),
  );
  expect(put?.when).toMatchObject({ "s3:x-amz-server-side-encryption": "aws:kms", "aws:PrincipalArn": role });

  expect(put?.when["s3:ObjectCreationOperation"]).toBe("true");

  const KeyId = "arn:aws:kms:us-east-1:111111111111:key/0f";
  const [encrypt] = await needsOf(call("kms:Encrypt", { KeyId, EncryptionContext: { purpose: "a test" } }));
  expect(encrypt?.when).toMatchObject({
    "kms:EncryptionContext:purpose": "a test",
    "kms:EncryptionContextKeys": ["purpose"],
  });

  const [aim] = await needsOf(
    call("events:PutTargets", {
      Rule: "r",
      Targets: [{ Arn: "arn:aws:x", DeadLetterConfig: { Arn: "arn:aws:y" } }],
    }),
  );
  expect(aim?.when["events:TargetArn"]).toEqual(["arn:aws:x"]);

  const [train, pass] = await needsOf(
    call("sagemaker:CreateTrainingJob", {
      TrainingJobName: "t",
      RoleArn: role,
      EnableNetworkIsolation: true,
      OutputDataConfig: { KmsKeyId: "alias/a" },
      ResourceConfig: { VolumeKmsKeyId: "0f", InstanceType: "ml.m5.large" },
      VpcConfig: { Subnets: ["s-1", "s-2"] },
      Tags: [{ Key: "Project", Value: "mlops" }],
    }),
  );
  expect(train?.when).toMatchObject({
    "sagemaker:NetworkIsolation": "true",
    "sagemaker:InterContainerTrafficEncryption": "false",
    "sagemaker:OutputKmsKeyArn": here("kms", "alias/a"),
    "sagemaker:VolumeKmsKeyArn": here("kms", "key/0f"),
    "sagemaker:InstanceTypes": ["ml.m5.large"],
    "sagemaker:VpcSubnets": ["s-1", "s-2"],
    "aws:RequestTag/Project": "mlops",
    "aws:TagKeys": ["Project"],
  });
  expect(pass?.when).toMatchObject({ "iam:PassedToService": "sagemaker.amazonaws.com" });
});
