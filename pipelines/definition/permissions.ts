import { withoutVersion } from "../../core/scripts";
import { bucketArn, logGroupArn, regionalArn, type AccountRegion } from "../../core/arns";
import { inBucketsOf } from "../../core/bucket-owner";
import { jobLogGroup, type JobKind } from "../../core/job-log-groups";
import { useActions } from "../../core/kms-actions";
import type { Condition, IdentityStatement } from "../../core/policy";
import { knownS3Prefix } from "./rendered/known-uri";
import type { Json } from "./values";

/** An IAM statement of a pipeline: it only ever allows. */
export type IamStatement = IdentityStatement & { readonly Effect: "Allow" };

/** What a step must know to say which permissions its execution needs. */
export interface PermissionScope extends AccountRegion {
  readonly executionRoleArn: string;
  /** Accounts whose buckets it reads and writes. */
  readonly bucketAccounts: readonly string[];
  /** Default values by parameter name: permissions cover the folders they are in. */
  readonly parameters: ReadonlyMap<string, unknown>;
}

export const allow = (
  Action: readonly string[],
  Resource: readonly string[],
  Condition?: IamStatement["Condition"],
): IamStatement => ({ Effect: "Allow", Action, Resource, ...(Condition && { Condition }) });

/** SageMaker starts the jobs of a pipeline under names with this prefix. */
const jobPrefix = "pipelines-";

export const sagemakerArn = (scope: AccountRegion, resource: string): string =>
  regionalArn("sagemaker", scope, resource);

/**
 * Create one kind of job, where it is as it has to be, watch and stop it, tag it, and hand it the role it runs as.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-access.html
 */
export const jobStatements = (
  scope: PermissionScope,
  kind: JobKind,
  condition: Condition,
): IamStatement[] => [
  ...startStatements(scope, kind, condition, jobPrefix),
  passRoleStatement(scope),
  ...jobLogStatements(scope, kind),
];

/** Create, watch, stop and tag one kind of job. @param prefix of the names of its jobs */
export function startStatements(
  scope: AccountRegion,
  kind: JobKind,
  condition: Condition,
  prefix: string,
): IamStatement[] {
  const actions = [`Describe${kind}Job`, `Stop${kind}Job`, "AddTags"];
  const jobs = sagemakerArn(scope, `${kind.toLowerCase()}-job/${prefix}*`);
  return [
    allow([`sagemaker:Create${kind}Job`], [jobs], condition),
    allow(
      actions.map((action) => `sagemaker:${action}`),
      [jobs],
    ),
  ];
}

export const passRoleStatement = ({
  executionRoleArn,
}: Pick<PermissionScope, "executionRoleArn">): IamStatement =>
  allow(["iam:PassRole"], [executionRoleArn], {
    StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" },
  });

/** Jobs write to the log group of their kind, which the foundation has made, and metrics to SageMaker's own namespaces. */
export function jobLogStatements(scope: PermissionScope, kind: JobKind): IamStatement[] {
  return [
    allow(
      ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      [`${logGroupArn(scope, jobLogGroup(kind))}:*`],
    ),
    allow(["cloudwatch:PutMetricData"], ["*"], {
      StringLike: { "cloudwatch:namespace": ["/aws/sagemaker/*", "aws/sagemaker/*"] },
    }),
  ];
}

/**
 * Record executions as an experiment's trials, as `PipelineExperimentConfig` asks.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-experiments.html
 */
export function experimentStatements(scope: PermissionScope, pipeline: string): IamStatement[] {
  const actions = [
    "CreateExperiment",
    "DescribeExperiment",
    "CreateTrial",
    "DescribeTrial",
    "CreateTrialComponent",
    "DescribeTrialComponent",
    "UpdateTrialComponent",
    "AssociateTrialComponent",
    "AddTags",
  ];
  return [
    allow(
      actions.map((action) => `sagemaker:${action}`),
      [`experiment/${pipeline}`, "experiment-trial/*", "experiment-trial-component/*"].map((resource) =>
        sagemakerArn(scope, resource),
      ),
    ),
  ];
}

/** Pull an image from one repository of a registry account. */
export function imageStatements(image: string): IamStatement[] {
  const parts = /^(\d+)\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/.exec(image);
  if (!parts) throw new Error(`image must be in Amazon ECR, got: "${image}"`);
  const [, account = "", region = "", repository = ""] = parts;
  return imageRepositoryStatements([regionalArn("ecr", { account, region }, `repository/${repository}`)]);
}

/** Pull images from repositories, by ARN. */
export const imageRepositoryStatements = (repositories: readonly string[]): IamStatement[] => [
  allow(["ecr:GetAuthorizationToken"], ["*"]),
  allow(["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"], repositories),
];

/** Find the versions of a model package group and what they say. */
export const lookUpStatements = (modelPackageGroupArn: string): IamStatement[] => [
  allow(["sagemaker:DescribeModelPackageGroup"], [modelPackageGroupArn]),
  allow(
    ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"],
    [versionsOf(modelPackageGroupArn)],
  ),
];

export const versionsOf = (modelPackageGroupArn: string): string =>
  `${modelPackageGroupArn.replace(":model-package-group/", ":model-package/")}/*`;

/** Read below the known part of an S3 URI; nothing where the URI comes from another step, which says it itself. */
export function readStatements(scope: PermissionScope, uri: Json | undefined): IamStatement[] {
  const known = knownS3Prefix(uri, scope.parameters);
  return s3Statements(scope, known === undefined ? undefined : withoutVersion(known), ["s3:GetObject"]);
}

/** Write below the known part of an S3 URI, and read it back: later steps, and conditions on files, take it from there. */
export function writeStatements(scope: PermissionScope, uri: Json | undefined): IamStatement[] {
  return s3Statements(scope, knownS3Prefix(uri, scope.parameters), ["s3:PutObject", "s3:GetObject"]);
}

/** Actions on the objects below an S3 URI, and listing them. */
export function s3Statements(
  scope: Pick<PermissionScope, "region" | "bucketAccounts">,
  known: string | undefined,
  actions: readonly string[],
): IamStatement[] {
  if (known === undefined) return [];
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(known) ?? [];
  if (bucket === undefined) throw new Error(`URI must be s3://bucket/prefix, got: "${known}"`);
  const arn = bucketArn(scope, bucket);
  return inBucketsOf(scope.bucketAccounts, [
    allow(actions, [`${arn}/${prefix}*`]),
    allow(["s3:ListBucket"], [arn], { StringLike: { "s3:prefix": [`${prefix}*`] } }),
  ]);
}

/**
 * Use of a key named by the ARN of its alias or its own, for objects and, by grant, for volumes.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
export function keyStatements(keyArn: string): IamStatement[] {
  const { keys, carriesAlias } = keysBehind(keyArn);
  return [
    allow(useActions, keys, Object.keys(carriesAlias).length > 0 ? carriesAlias : undefined),
    allow(["kms:CreateGrant"], keys, { ...carriesAlias, Bool: { "kms:GrantIsForAWSResource": "true" } }),
  ];
}

/** The keys of an alias's account, and the condition that the alias is theirs; of a key's own ARN, that key. */
export function keysBehind(keyArn: string): {
  readonly keys: string[];
  readonly carriesAlias: Condition;
} {
  const [place, alias] = keyArn.split(/:(?=alias\/)/);
  if (alias === undefined) return { keys: [keyArn], carriesAlias: {} };
  return {
    keys: [`${place}:key/*`],
    carriesAlias: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": [alias] } },
  };
}
