import type { UnneededGrant } from "./unneeded";
import { matches } from "./wildcards";

/** Why roles are granted what nothing needs on local AWS. */
interface Reason {
  /** Patterns of actions. */
  readonly actions: readonly string[];
  /** Pattern of the policies that it is said of. @default all */
  readonly policies?: string;
  readonly why: string;
}

const formerVersions =
  "versions that were registered before environments had folders of their own lie there (ADR 36)";

const reasons: readonly Reason[] = [
  {
    actions: ["*"],
    policies: "*-manages-*",
    why: "the CI server changes, tags and removes what it makes; the tests of changes to a standing estate do that",
  },
  {
    actions: ["s3:DeleteObject*", "s3:*Version*", "s3:GetObjectTagging"],
    policies: "scripts-and-state",
    why: "scripts that no pipeline names any more are removed with their versions",
  },
  {
    actions: ["ecr:*"],
    why: "SageMaker pulls a job's image as the job's role; local AWS has the libraries instead",
  },
  {
    actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    why: "SageMaker, Lambda and the CI server write their logs as the role; local AWS writes them by itself",
  },
  { actions: ["cloudwatch:PutMetricData"], why: "training and monitors publish metrics as the job's role" },
  {
    actions: ["kms:CreateGrant", "kms:DescribeKey", "kms:Encrypt", "kms:ReEncrypt*"],
    why: "SageMaker encrypts volumes by grants that the role makes (https://docs.aws.amazon.com/sagemaker/latest/dg/encryption-at-rest.html); local AWS has no volumes",
  },
  {
    actions: ["ec2:*"],
    why: "SageMaker and Lambda make interfaces in the account's network as the role; local AWS has no networks",
  },
  {
    actions: ["sagemaker:*Experiment", "sagemaker:*Trial", "sagemaker:*TrialComponent"],
    why: "SageMaker keeps an experiment of each execution, as the pipeline's role (https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-experiments.html)",
  },
  {
    actions: ["s3:GetObject"],
    policies: "cross-account-model-artifacts-s3-bucket-access",
    why: formerVersions,
  },
  { actions: ["s3:GetObject"], policies: "model-versions", why: formerVersions },
  {
    actions: ["s3:GetObject"],
    policies: "seal-versions",
    why: "a seal step that is tried again looks whether the copy stands (ADR 36)",
  },
  {
    actions: ["s3:GetObject"],
    policies: "*-permissions",
    why: "a step may read what an earlier one of its pipeline wrote",
  },
  {
    actions: [
      "sagemaker:CreateModelPackage",
      "sagemaker:ListModelPackages",
      "sagemaker:DescribeModelPackageGroup",
    ],
    why: "AWS names group and versions for whoever registers or uses versions across accounts (docs/aws-claims.md); the simulator knows only the versions",
  },
  {
    actions: ["sagemaker:CreateModelPackageGroup"],
    policies: "cross-account-model-registry-access",
    why: "AWS's published setup grants it to whoever registers; the group's own policy does not",
  },
  {
    actions: ["kms:GenerateDataKey*"],
    policies: "monitor-reports",
    why: "Lambda sends what a function failed of to an encrypted queue, as the function's role",
  },
  { actions: ["sagemaker:AddTags"], why: "a pipeline's tags go to what its executions make" },
  {
    actions: ["sagemaker:Stop*Job", "sagemaker:DeleteModel"],
    why: "an execution that is stopped stops its jobs, and a step that is tried again removes what it left",
  },
  {
    actions: ["sagemaker:StartPipelineExecution"],
    why: "rules start pipelines by way of the role; local AWS judges that where the event is delivered",
  },
  {
    actions: ["sqs:SendMessage"],
    why: "Lambda sends what a function failed of as the function's role; local AWS sends it by itself",
  },
  {
    actions: ["s3:ListBucket"],
    why: "without it a report that is not there looks like one that is forbidden",
  },
];

/** @returns undefined where nobody has said why */
export const reasonFor = ({ action, policy }: UnneededGrant): string | undefined =>
  reasons.find(
    ({ actions, policies = "*" }) =>
      matches(policies, policy) && actions.some((pattern) => matches(pattern, action)),
  )?.why;
