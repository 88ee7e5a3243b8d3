import { bucketArn, regionalArn, roleArn, secretArn, type AccountRegion } from "../../../core/arns";
import { inBucketsOf } from "../../../core/bucket-owner";
import type { Condition, IdentityStatement } from "../../../core/policy";
import type { ProjectTemplatesNames } from "../../../core/project-names";
import { useThroughS3Statement } from "../../../modules/kms/statements";
import { writeLogsStatement } from "../../../modules/logs/statements";
import { catalogPrefix, seedsPrefix, studioPrefix } from "./places";

const allow = (
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

/** Where repositories are that are begun. */
export interface CodeHosts {
  /** ARN of the connection to GitHub. @default none */
  readonly connectionArn?: string | undefined;
  /** Name of the secret with GitLab's token. @default none */
  readonly gitlabSecret?: string | undefined;
}

/** What the function may do that fills repositories: read seeds, push by the one connection, read the one token, and log. */
export function seedStatements(
  where: AccountRegion,
  names: ProjectTemplatesNames,
  { connectionArn, gitlabSecret }: CodeHosts,
): IdentityStatement[] {
  const bucket = bucketArn(where, names.templatesBucket);
  return [
    ...inBucketsOf(where.account, [
      allow("Seeds", "s3", ["GetObject", "GetObjectVersion"], [`${bucket}/${seedsPrefix}*`]),
    ]),
    readStatement(where, names),
    ...(connectionArn === undefined
      ? []
      : [allow("Connection", "codeconnections", ["GetConnection", "UseConnection"], [connectionArn])]),
    ...(gitlabSecret === undefined
      ? []
      : [allow("Token", "secretsmanager", ["GetSecretValue"], [secretArn(where, gitlabSecret)])]),
    writeLogsStatement("Logs", where, names.seedLogGroup),
  ];
}

const readStatement = (where: AccountRegion, { keyAlias, templatesBucket }: ProjectTemplatesNames) =>
  useThroughS3Statement("Key", where, {
    alias: keyAlias,
    buckets: [bucketArn(where, templatesBucket)],
    actions: ["kms:Decrypt"],
  });

/**
 * What a person's role needs to make projects, and to move them to other versions: by the catalog, or by a template in S3, whose stack SageMaker makes for them as the launch role.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-projects-templates-custom.html
 */
export function userStatements(where: AccountRegion, names: ProjectTemplatesNames): IdentityStatement[] {
  const bucket = bucketArn(where, names.templatesBucket);
  const launch = roleArn(where, names.launchRole);
  return [
    allow(
      "Projects",
      "sagemaker",
      ["AddTags", "CreateProject", "DeleteProject", "DescribeProject", "ListTags", "UpdateProject"],
      [regionalArn("sagemaker", where, "project/*")],
    ),
    allow("Lists", "sagemaker", ["ListCodeRepositories", "ListProjects"], ["*"]),
    allow(
      "Repositories",
      "sagemaker",
      ["DescribeCodeRepository"],
      [regionalArn("sagemaker", where, "code-repository/sagemaker-p-*")],
    ),
    ...catalogStatements(where),
    ...inBucketsOf(where.account, [
      allow(
        "Templates",
        "s3",
        ["GetObject", "GetObjectTagging", "GetObjectVersion"],
        [studioPrefix, catalogPrefix].map((prefix) => `${bucket}/${prefix}*`),
      ),
      allow("Listing", "s3", ["ListBucket"], [bucket], {
        StringLike: { "s3:prefix": [`${studioPrefix}*`, `${catalogPrefix}*`] },
      }),
    ]),
    readStatement(where, names),
    allow("Launch", "iam", ["PassRole"], [launch], {
      StringEquals: { "iam:PassedToService": ["cloudformation.amazonaws.com", "sagemaker.amazonaws.com"] },
    }),
    allow(
      "Stacks",
      "cloudformation",
      ["CreateStack", "DeleteStack", "UpdateStack"],
      [regionalArn("cloudformation", where, "stack/SP-*")],
      { StringEquals: { "cloudformation:RoleArn": launch } },
    ),
    allow(
      "LookAtStacks",
      "cloudformation",
      ["DescribeStackEvents", "DescribeStacks", "GetTemplate", "ListStackResources"],
      ["SC", "SP"].map((route) => regionalArn("cloudformation", where, `stack/${route}-*`)),
    ),
  ];
}

/** Products and portfolios are those that the role is let into by the portfolio. */
const catalogStatements = (where: AccountRegion): IdentityStatement[] => [
  allow(
    "Products",
    "servicecatalog",
    [
      ...["DescribeProduct", "DescribeProductView", "DescribeProvisioningArtifact"],
      ...["DescribeProvisioningParameters", "ListLaunchPaths", "ProvisionProduct"],
    ],
    [regionalArn("catalog", where, "product/*")],
  ),
  allow(
    "Catalog",
    "servicecatalog",
    [
      ...["DescribeProvisionedProduct", "DescribeRecord", "ListRecordHistory", "ScanProvisionedProducts"],
      ...["SearchProducts", "SearchProvisionedProducts", "TerminateProvisionedProduct"],
      "UpdateProvisionedProduct",
    ],
    ["*"],
  ),
];
