import { bucketArn, logGroupArn, regionalArn, type AccountRegion } from "../../core/arns";
import type { Condition, PolicyStatement } from "../../core/policy";

/** Whom and what an account's network lets through. */
export interface Reach {
  readonly where: AccountRegion;
  /** Where versions of models are. */
  readonly registry: AccountRegion;
  /** The account's and the registry's that its roles use. */
  readonly buckets: readonly string[];
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
const letThrough = (
  { where }: Reach,
  Action: readonly string[],
  Resource: readonly string[],
  more: Condition = {},
): PolicyStatement => ({
  Effect: "Allow",
  Principal: "*",
  Action,
  Resource,
  Condition: { StringEquals: { "aws:PrincipalAccount": where.account }, ...more },
});

const accountsOf = ({ where, registry }: Reach): string[] => [...new Set([where.account, registry.account])];

/** The account's principals, and the estate's buckets where its own accounts have them. */
export const s3Statements = (reach: Reach): PolicyStatement[] => {
  const { where, buckets } = reach;
  const arns = buckets.map((bucket) => bucketArn(where, bucket));
  return [
    {
      ...letThrough(reach, ["s3:*"], [...arns, ...arns.map((arn) => `${arn}/*`)]),
      Condition: {
        StringEquals: {
          "aws:PrincipalAccount": where.account,
          "aws:ResourceAccount": accountsOf(reach),
        },
      },
    },
  ];
};

/** What functions ask of SageMaker: their own account's pipelines and jobs, and versions. */
export const sagemakerStatements = (reach: Reach): PolicyStatement[] => [
  letThrough(
    reach,
    ["sagemaker:*"],
    [
      regionalArn("sagemaker", reach.where, "*"),
      ...["model-package", "model-package-group"].map((kind) =>
        regionalArn("sagemaker", reach.registry, `${kind}/*`),
      ),
    ],
  ),
];

export const logsStatements = (reach: Reach): PolicyStatement[] => [
  letThrough(
    reach,
    ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    [logGroupArn(reach.where, "*")],
  ),
];

export const metricsStatements = (reach: Reach): PolicyStatement[] => [
  letThrough(reach, ["cloudwatch:PutMetricData"], ["*"]),
];

/** Of a service that a model names: the account's principals, and resources of its own accounts. */
export const furtherStatements = (reach: Reach): PolicyStatement[] => [
  letThrough(reach, ["*"], ["*"], { StringEqualsIfExists: { "aws:ResourceAccount": accountsOf(reach) } }),
];
