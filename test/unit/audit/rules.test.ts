import { rules, type Cell } from "../../../audit";
import { broken, cell, dev, estate, prod } from "../../support/access-rules";

const exec = "dev/sagemaker-execution-role";
const artifacts = "arn:aws:s3:::mlops-sagemaker-artifacts-333333333333";
const kept = { action: "s3:PutObject", resource: `${artifacts}/any/any/versions/any` };
const makes = { "s3:ObjectCreationOperation": "true" };
const deploy = "prod/cross-account-jenkins-role";
const strangersQueue = "arn:aws:sqs:us-east-1:999999999999:any";
const encryption = "s3:x-amz-server-side-encryption";

test.each<[title: string, breach: Partial<Cell>, fine: Partial<Cell>]>([
  ["Nobody outside", { allowed: ["anyone, unsigned"] }, { allowed: [exec] }],
  ["Nobody outside", { allowed: ["administrator of a foreign account"] }, { allowed: [exec] }],
  [
    "Only the registry's",
    { when: { "sagemaker:ModelApprovalStatus": "Approved" }, allowed: [exec] },
    { when: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" }, allowed: [exec] },
  ],
  [
    "No role changes",
    { action: "iam:PutRolePolicy", allowed: [exec] },
    { action: "iam:GetRole", allowed: [exec] },
  ],
  [
    "No role changes",
    { action: "kms:PutKeyPolicy", allowed: [exec] },
    { action: "kms:Decrypt", allowed: [exec] },
  ],
  [
    "No role changes",
    { action: "s3:PutBucketPolicy", allowed: [exec] },
    { action: "s3:PutObject", allowed: [exec] },
  ],
  [
    "Roles are passed",
    { action: "iam:PassRole", when: { "iam:PassedToService": "ec2.amazonaws.com" }, allowed: [exec] },
    { action: "iam:PassRole", when: { "iam:PassedToService": "lambda.amazonaws.com" }, allowed: [exec] },
  ],
  [
    "Roles are passed",
    { action: "iam:PassRole", allowed: [exec] },
    { action: "iam:PassRole", when: { "iam:PassedToService": "sagemaker.amazonaws.com" }, allowed: [exec] },
  ],
  [
    "Roles are passed",
    { action: "iam:PassRole", when: { "iam:PassedToService": "glue.amazonaws.com" }, allowed: [exec] },
    { action: "iam:PassRole", when: { "iam:PassedToService": "glue.amazonaws.com" } },
  ],
  [
    "Objects are encrypted",
    { action: "s3:PutObject", when: { [encryption]: "AES256" } },
    { action: "s3:PutObject", when: { [encryption]: "AES256" }, deniedToAdministrator: true },
  ],
  [
    "Jobs encrypt",
    {
      action: "sagemaker:CreateTrainingJob",
      when: { "sagemaker:VolumeKmsKeyArn": "arn:aws:kms:us-east-1:999999999999:key/any" },
      allowed: [exec],
    },
    {
      action: "sagemaker:CreateTrainingJob",
      when: { "sagemaker:VolumeKmsKeyArn": "arn:aws:kms:us-east-1:111111111111:key/any" },
      allowed: [exec],
    },
  ],
  [
    "Jobs encrypt",
    {
      action: "sagemaker:CreateProcessingJob",
      when: { "sagemaker:InterContainerTrafficEncryption": "false" },
      allowed: [exec],
    },
    {
      action: "sagemaker:CreateProcessingJob",
      when: { "sagemaker:InterContainerTrafficEncryption": "false" },
    },
  ],
  [
    "Nothing goes over plain",
    { when: { "aws:SecureTransport": "false" }, allowed: [exec], deniedToAdministrator: true },
    { when: { "aws:SecureTransport": "false" }, deniedToAdministrator: true },
  ],
  [
    "An administrator reaches",
    { action: "kms:Decrypt", allowed: ["administrator of registry"] },
    {
      action: "kms:Decrypt",
      when: { "kms:ViaService": "s3.us-east-1.amazonaws.com" },
      allowed: ["administrator of registry"],
    },
  ],
  [
    "A workload reaches",
    { action: "kms:Decrypt", account: prod, allowed: [exec] },
    { action: "kms:Decrypt", account: dev, allowed: ["prod/sagemaker-execution-role"] },
  ],
  [
    "A workload reaches",
    { action: "kms:Encrypt", account: dev, allowed: ["prod/sagemaker-execution-role"] },
    { action: "kms:Encrypt", account: dev, allowed: [exec] },
  ],
  ["Nobody overwrites", { ...kept, when: makes }, { ...kept, when: makes, deniedToAdministrator: true }],
  [
    "Nobody overwrites",
    { ...kept, when: makes, allowed: [exec], deniedToAdministrator: true },
    { ...kept, when: { ...makes, "s3:if-none-match": "*" } },
  ],
  [
    "No role deletes an artifact",
    { action: "s3:DeleteObject", resource: `${artifacts}/any`, allowed: [exec] },
    { action: "s3:DeleteObject", resource: "arn:aws:s3:::data/any", allowed: [exec] },
  ],
  [
    "A role writes artifacts below",
    { action: "s3:PutObject", resource: `${artifacts}/prod/m/runs/any`, allowed: [exec] },
    { action: "s3:PutObject", resource: `${artifacts}/dev/m/runs/any`, allowed: [exec] },
  ],
  [
    "CI's role",
    { action: "kms:Decrypt", account: prod, allowed: [deploy] },
    {
      action: "kms:Decrypt",
      account: prod,
      when: { "kms:ViaService": "s3.us-east-1.amazonaws.com" },
      allowed: [deploy],
    },
  ],
  [
    "CI's role",
    { action: "events:PutTargets", when: { "events:TargetArn": [strangersQueue] }, allowed: [deploy] },
    { action: "events:PutTargets", allowed: [deploy] },
  ],
  [
    "CI's role",
    { action: "sns:Subscribe", when: { "sns:Protocol": "https" }, allowed: [deploy] },
    { action: "sns:Subscribe", when: { "sns:Protocol": "email" }, allowed: [deploy] },
  ],
  [
    "CI's role",
    { action: "lambda:AddPermission", when: { "lambda:Principal": "999999999999" }, allowed: [deploy] },
    {
      action: "lambda:AddPermission",
      when: { "lambda:Principal": "events.amazonaws.com" },
      allowed: [deploy],
    },
  ],
  [
    "Nobody deletes",
    { action: "s3:DeleteObjectVersion", allowed: [exec] },
    { action: "s3:DeleteObjectVersion", resource: "arn:aws:s3:::b/m/scripts/any", allowed: [exec] },
  ],
])("%s …: %j breaks it, %j does not", (title, breach, fine) => {
  expect(broken(title, { cells: [cell(breach)] })).toHaveLength(1);
  expect(broken(title, { cells: [cell(fine)] })).toEqual([]);
});

test.each(["foreign", "none"] as const)("a service that may act for %s breaks a rule", (source) => {
  const asked = { ...cell({}), service: "events.amazonaws.com" };
  expect(broken("A service acts", { services: [{ ...asked, allowed: ["own", source] }] })).toHaveLength(1);
  expect(broken("A service acts", { services: [{ ...asked, allowed: ["own"] }] })).toEqual([]);
  const passed = { ...cell({ action: "sts:AssumeRole" }), allowed: [source] };
  expect(broken("A service acts", { services: [{ ...passed, service: "lambda.amazonaws.com" }] })).toEqual(
    [],
  );
  expect(
    broken("A service acts", { services: [{ ...passed, service: "events.amazonaws.com" }] }),
  ).toHaveLength(1);
});

describe("walls between models", () => {
  const [dev] = estate.environments;
  if (dev?.kind !== "workload") throw new Error("the first environment is a workload");
  const two = {
    ...estate,
    environments: estate.environments.map((one) =>
      one === dev ? { ...dev, models: { ...dev.models, mammo: {} } } : one,
    ),
  };
  const rule = rules.find(({ title }) => title.startsWith("No role of a model reaches"));
  const own = "dev/sagemaker-execution-role-mammo-severity";
  const other = "dev/sagemaker-execution-role-mammo";
  const data = "arn:aws:s3:::mlops-dev-sagemaker-data-111111111111/mammo-severity/data/any";

  test.each([
    ["its data", data],
    ["its artifacts", `${artifacts}/dev/mammo-severity/versions/any`],
    ["its artifacts of before", `${artifacts}/mammo-severity/models/any`],
    ["its pipelines", "arn:aws:sagemaker:us-east-1:111111111111:pipeline/mammo-severity-train-pipeline"],
    ["its functions", "arn:aws:lambda:us-east-1:111111111111:function:mammo-severity-seal-version"],
  ])("the role of another model in %s breaks the rule, its own does not", (_, resource) => {
    const breaches = (allowed: string) =>
      rule?.broken({ principals: [], services: [], cells: [cell({ resource, allowed: [allowed] })] }, two);
    expect(breaches(other)).toEqual([`${other}: s3:GetObject on ${resource}`]);
    expect(breaches(own)).toEqual([]);
  });
});
