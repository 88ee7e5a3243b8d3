import { type Cell } from "../../../audit";
import { broken, cell, prod } from "../../support/access-rules";

const exec = "dev/sagemaker-execution-role";
const people = "arn:aws:iam::666666666666:role";
const planner = "arn:aws:iam::111111111111:role/mlops-planner";

test.each<[title: string, breach: Partial<Cell>, fine: Partial<Cell>]>([
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
])("%s …: %j breaks it, %j does not", (title, breach, fine) => {
  expect(broken(title, { cells: [cell(breach)] })).toHaveLength(1);
  expect(broken(title, { cells: [cell(fine)] })).toEqual([]);
});
