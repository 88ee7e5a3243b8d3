import { regionalArn, roleArn, policyArn, type AccountRegion } from "../../core/arns";
import { inBucketsOf } from "../../core/bucket-owner";
import { partitionOf } from "../../core/partition";
import type { IdentityStatement } from "../../core/policy";

/** What tells how resources of one service are set up, and nothing of what they hold. */
interface Reads {
  readonly actions: readonly string[];
  /** Of an account's resources of the service. */
  readonly resources: (where: AccountRegion) => readonly string[];
}

const regional =
  (service: string, ...names: readonly string[]) =>
  (where: AccountRegion): string[] =>
    names.map((name) => regionalArn(service, where, name));

/** Of every type of resource that a stack makes; those of buckets are apart, for bucket names are of no account. */
const reads: Readonly<Record<string, Reads>> = {
  apigateway: {
    actions: ["GET"],
    resources: ({ region }) => [`arn:${partitionOf(region).name}:apigateway:${region}::/apis/*`],
  },
  "application-autoscaling": {
    actions: ["ListTagsForResource"],
    resources: regional("application-autoscaling", "scalable-target/*"),
  },
  cloudtrail: {
    actions: ["GetEventSelectors", "GetInsightSelectors", "GetTrail", "GetTrailStatus", "ListTags"],
    resources: regional("cloudtrail", "trail/*"),
  },
  cloudwatch: {
    actions: ["DescribeAlarms", "ListTagsForResource"],
    resources: regional("cloudwatch", "alarm:*"),
  },
  codebuild: { actions: ["BatchGetProjects"], resources: regional("codebuild", "project/*") },
  codeconnections: {
    actions: ["GetConnection", "ListTagsForResource"],
    resources: regional("codeconnections", "connection/*"),
  },
  codepipeline: { actions: ["GetPipeline", "ListTagsForResource"], resources: regional("codepipeline", "*") },
  dynamodb: {
    actions: ["DescribeContinuousBackups", "DescribeTable", "DescribeTimeToLive", "ListTagsOfResource"],
    resources: regional("dynamodb", "table/*"),
  },
  ecr: {
    actions: ["DescribeRepositories", "GetLifecyclePolicy", "ListTagsForResource"],
    resources: regional("ecr", "repository/*"),
  },
  events: {
    actions: ["DescribeRule", "ListTagsForResource", "ListTargetsByRule"],
    resources: regional("events", "rule/*"),
  },
  iam: {
    actions: [
      "GetInstanceProfile",
      "GetOpenIDConnectProvider",
      "GetPolicy",
      "GetPolicyVersion",
      "GetRole",
      "GetRolePolicy",
      "ListAttachedRolePolicies",
      "ListPolicyVersions",
      "ListRolePolicies",
    ],
    resources: (where) => [
      roleArn(where, "*"),
      policyArn(where, "*"),
      ...["instance-profile", "oidc-provider"].map(
        (type) => `arn:${partitionOf(where.region).name}:iam::${where.account}:${type}/*`,
      ),
    ],
  },
  kms: {
    actions: ["DescribeKey", "GetKeyPolicy", "GetKeyRotationStatus", "ListResourceTags"],
    resources: regional("kms", "key/*"),
  },
  lambda: {
    actions: [
      "GetFunction",
      "GetFunctionCodeSigningConfig",
      "GetFunctionConfiguration",
      "GetFunctionEventInvokeConfig",
      "GetPolicy",
      "ListTags",
      "ListVersionsByFunction",
    ],
    resources: regional("lambda", "function:*"),
  },
  logs: {
    actions: ["ListTagsForResource"],
    resources: regional("logs", "log-group:*"),
  },
  sagemaker: {
    actions: [
      "DescribeEndpoint",
      "DescribeEndpointConfig",
      "DescribeModel",
      "DescribeModelPackageGroup",
      "DescribePipeline",
      "GetModelPackageGroupPolicy",
      "ListTags",
    ],
    resources: regional(
      "sagemaker",
      ...["endpoint/*", "endpoint-config/*", "model/*", "model-package-group/*", "pipeline/*"],
    ),
  },
  sns: {
    actions: [
      "GetSubscriptionAttributes",
      "GetTopicAttributes",
      "ListSubscriptionsByTopic",
      "ListTagsForResource",
    ],
    resources: regional("sns", "*"),
  },
  sqs: { actions: ["GetQueueAttributes", "GetQueueUrl", "ListQueueTags"], resources: regional("sqs", "*") },
  states: {
    actions: ["DescribeStateMachine", "ListStateMachineVersions", "ListTagsForResource"],
    resources: regional("states", "stateMachine:*"),
  },
  ssm: {
    actions: ["GetParameter", "ListTagsForResource"],
    resources: regional("ssm", "parameter/*/endpoints/*"),
  },
};

/** What AWS lets be allowed for no single resource. */
const unbounded = [
  "application-autoscaling:DescribeScalableTargets",
  "application-autoscaling:DescribeScalingPolicies",
  "cloudtrail:DescribeTrails",
  ...[
    "FlowLogs",
    "NetworkAcls",
    "NetworkInterfaces",
    "PrefixLists",
    "RouteTables",
    "SecurityGroupRules",
    "SecurityGroups",
    "Subnets",
    "VpcAttribute",
    "VpcEndpoints",
    "Vpcs",
  ].map((what) => `ec2:Describe${what}`),
  "kms:ListAliases",
  "logs:DescribeLogGroups",
  "ssm:DescribeParameters",
  "states:ValidateStateMachineDefinition",
];

const bucketReads = [
  "s3:GetAccelerateConfiguration",
  "s3:GetBucket*",
  "s3:GetEncryptionConfiguration",
  "s3:GetLifecycleConfiguration",
  "s3:GetReplicationConfiguration",
  "s3:ListBucket",
  "s3:ListBucketVersions",
];

/**
 * Identity policy: read how an account's resources are set up, which is what a plan compares with, and nothing that they hold.
 * @param buckets ARNs
 */
export const readSettingsStatements = (
  where: AccountRegion,
  buckets: readonly string[],
): IdentityStatement[] => [
  ...Object.entries(reads).map(([service, { actions, resources }]): IdentityStatement => ({
    Sid: `Read${service.replaceAll(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase())}`,
    Effect: "Allow",
    Action: actions.map((action) => `${service}:${action}`),
    Resource: resources(where),
  })),
  ...inBucketsOf(where.account, [
    { Sid: "ReadBuckets", Effect: "Allow", Action: bucketReads, Resource: buckets },
  ]),
  { Sid: "Find", Effect: "Allow", Action: unbounded, Resource: ["*"] },
];
