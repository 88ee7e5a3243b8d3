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
