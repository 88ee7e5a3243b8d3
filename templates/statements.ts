import {
  bucketArn,
  everyKeyArn,
  logGroupArn,
  modelPackageGroupArn,
  modelPackagesArn,
  regionalArn,
  type AccountRegion,
} from "../core/arns";
import { inBucketsOf } from "../core/bucket-owner";
import type { Condition, IdentityStatement } from "../core/policy";
import { projectRoleArns } from "../core/project-names";

/** One project, or by patterns every project, and where it writes. */
export interface ProjectScope {
  readonly where: AccountRegion;
  readonly prefix: string;
  readonly projectsBucket: string;
  readonly keyAlias: string;
  readonly name: string;
  readonly id: string;
}

/** Tag of everything that is of one project. SageMaker puts it on the project's stack, too. */
export const idTag = "sagemaker:project-id";

/** Actions of one service. */
export const allow = (
  Sid: string,
  service: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Condition,
): IdentityStatement => ({
  Sid,
  Effect: "Allow",
  Action: actions.map((action) => `${service}:${action}`),
  Resource: resources,
  ...(conditions && { Condition: conditions }),
});

export const sagemaker = ({ where }: ProjectScope, ...resources: readonly string[]): string[] =>
  resources.map((resource) => regionalArn("sagemaker", where, resource));

/**
 * What pipelines, jobs, models and endpoints of a project may do. SageMaker calls the jobs of a pipeline after its execution, which says
 * nothing of the project: what they read and write does.
 */
export function executionStatements(scope: ProjectScope): IdentityStatement[] {
  const { where } = scope;
  const jobs = sagemaker(
    scope,
    ...["processing-job", "training-job", "transform-job", "hyper-parameter-tuning-job", "model"].map(
      (kind) => `${kind}/pipelines-*`,
    ),
  );
  return [
    ...artifactStatements(scope, "StringLike"),
    ...keyStatements(scope),
    allow(
      "Jobs",
      "sagemaker",
      [
        ...["Processing", "Training", "Transform", "HyperParameterTuning"].flatMap((kind) => [
          `Create${kind}Job`,
          `Describe${kind}Job`,
          `Stop${kind}Job`,
        ]),
        ...["CreateModel", "DescribeModel", "AddTags"],
      ],
      jobs,
    ),
    allow(
      "Versions",
      "sagemaker",
      ["AddTags", "CreateModelPackage", "DescribeModelPackage", "DescribeModelPackageGroup"],
      versionsOf(scope),
    ),
    passStatement(scope),
    allow(
      "Logs",
      "logs",
      ["CreateLogGroup", "CreateLogStream", "DescribeLogStreams", "PutLogEvents"],
      [logGroupArn(where, "/aws/sagemaker/*")],
    ),
    allow("Metrics", "cloudwatch", ["PutMetricData"], ["*"], {
      StringLike: { "cloudwatch:namespace": "/aws/sagemaker/*" },
    }),
    allow("ImageRegistries", "ecr", ["GetAuthorizationToken"], ["*"]),
    // AWS's own images are in accounts of AWS.
    allow(
      "Images",
      "ecr",
      ["BatchCheckLayerAvailability", "BatchGetImage", "GetDownloadUrlForLayer"],
      [regionalArn("ecr", { ...where, account: "*" }, "repository/*")],
    ),
  ];
}

export function artifactStatements(
  { where, projectsBucket, id }: ProjectScope,
  listing: "StringLike" | "StringLikeIfExists",
): IdentityStatement[] {
  const bucket = bucketArn(where, projectsBucket);
  return inBucketsOf(where.account, [
    allow(
      "Artifacts",
      "s3",
      ["DeleteObject", "GetObject", "GetObjectVersion", "PutObject"],
      [`${bucket}/${id}/*`],
    ),
    allow("Listing", "s3", ["ListBucket"], [bucket], { [listing]: { "s3:prefix": `${id}/*` } }),
    allow("Bucket", "s3", ["GetBucketLocation"], [bucket]),
  ]);
}

/** The key by its alias, for objects and, by grant, for volumes. https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html */
export function keyStatements({ where, keyAlias }: ProjectScope): IdentityStatement[] {
  const alias = { "ForAnyValue:StringEquals": { "kms:ResourceAliases": [keyAlias] } };
  const keys = [everyKeyArn(where)];
  return [
    allow("Key", "kms", ["Decrypt", "DescribeKey", "Encrypt", "GenerateDataKey*"], keys, alias),
    allow("Volumes", "kms", ["CreateGrant"], keys, {
      ...alias,
      Bool: { "kms:GrantIsForAWSResource": "true" },
    }),
  ];
}

/** SageMaker's ARNs are in lower case, and projects' names need not be: the id, which is, says which project it is. */
export const versionsOf = ({ where, id }: ProjectScope): string[] => [
  modelPackageGroupArn(where, `*-${id}`),
  modelPackagesArn(where, `*-${id}`),
];

export const passStatement = ({ where, prefix, name, id }: ProjectScope): IdentityStatement =>
  allow("Pass", "iam", ["PassRole"], [projectRoleArns(where, prefix, { name, id }).execution], {
    StringEquals: { "iam:PassedToService": "sagemaker.amazonaws.com" },
  });
