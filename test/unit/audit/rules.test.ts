import { rules, type AccessMatrix, type Cell } from "../../../audit";
import { estateWithRoles } from "../../support/environments";
import { readEstate } from "../../support/estate";

const estate = readEstate(estateWithRoles);
const dev = "111111111111";
const prod = "222222222222";

const cell = (given: Partial<Cell>): Cell => ({
  action: "s3:GetObject",
  resource: "arn:aws:s3:::b/any",
  account: dev,
  when: {},
  allowed: [],
  deniedToAdministrator: false,
  ...given,
});

function broken(title: string, given: Partial<AccessMatrix>): readonly string[] {
  const rule = rules.find((one) => one.title.startsWith(title));
  if (!rule) throw new Error(`no rule is titled "${title}…"`);
  return rule.broken({ principals: [], cells: [], services: [], ...given }, estate);
}

const exec = "dev/sagemaker-execution-role";
const people = "arn:aws:iam::666666666666:role";
const planner = "arn:aws:iam::111111111111:role/mlops-planner";
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
    "Only the registry's",
    { when: { "sagemaker:ModelApprovalStatus": "Approved" }, allowed: ["registry/mlops-approver"] },
    {
      when: { "sagemaker:ModelApprovalStatus": "Approved" },
      account: "333333333333",
      allowed: ["registry/mlops-approver"],
    },
  ],
  [
    "Only a CI server",
    { action: "sts:AssumeRole", resource: planner, allowed: [`${people}/Auditors`] },
    { action: "sts:AssumeRole", resource: planner, allowed: [`${people}/Engineers`] },
  ],
  [
    "Only a CI server",
    { action: "sts:AssumeRole", resource: planner, account: prod, allowed: [`${people}/Approvers`] },
    { action: "sts:SetSourceIdentity", resource: planner, account: prod, allowed: [`${people}/Engineers`] },
  ],
  [
    "A scientist",
    { action: "sagemaker:UpdateModelPackage", allowed: ["dev/mlops-scientist"] },
    { action: "sagemaker:StartPipelineExecution", allowed: ["dev/mlops-scientist"] },
  ],
  [
    "A scientist",
    {
      action: "s3:GetObject",
      resource: "arn:aws:s3:::b/m/train/any/train/a.csv",
      allowed: ["dev/mlops-scientist"],
    },
    {
      action: "s3:GetObject",
      resource: "arn:aws:s3:::b/m/any/evaluation/evaluation.json",
      allowed: ["dev/mlops-scientist"],
    },
  ],
  [
    "A scientist",
    { action: "sagemaker:UpdatePipeline", allowed: ["dev/mlops-scientist"] },
    { action: "sagemaker:UpdatePipeline", allowed: [exec] },
  ],
  [
    "An approver",
    { action: "sagemaker:CreateModelPackage", allowed: ["registry/mlops-approver"] },
    { action: "sagemaker:UpdateModelPackage", allowed: ["registry/mlops-approver"] },
  ],
  [
    "An approver",
    { action: "sagemaker:StartPipelineExecution", allowed: ["registry/mlops-approver"] },
    { action: "sagemaker:ListModelPackages", allowed: ["registry/mlops-approver"] },
  ],
  [
    "An auditor",
    { action: "s3:GetObject", allowed: ["prod/mlops-auditor"] },
    { action: "s3:GetBucketPolicy", allowed: ["prod/mlops-auditor"] },
  ],
  [
    "An auditor",
    { action: "kms:Decrypt", allowed: ["prod/mlops-auditor"] },
    { action: "logs:FilterLogEvents", allowed: ["prod/mlops-auditor"] },
  ],
  [
    "A planner",
    { action: "s3:GetObject", resource: "arn:aws:s3:::b/m/data/any", allowed: ["dev/mlops-planner"] },
    {
      action: "s3:GetObject",
      resource: "arn:aws:s3:::mlops-dev-terraform-state-111111111111/any",
      allowed: ["dev/mlops-planner"],
    },
  ],
  [
    "A planner",
    { action: "s3:PutObject", resource: "arn:aws:s3:::b/m/scripts/any", allowed: ["dev/mlops-planner"] },
    { action: "s3:GetObject", resource: "arn:aws:s3:::b/m/scripts/any", allowed: ["dev/mlops-planner"] },
  ],
  [
    "Only a CI server",
    { action: "sts:AssumeRole", allowed: [exec] },
    { action: "sts:AssumeRole", allowed: ["jenkins/jenkins-server-role"] },
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
});
