import { bucketArn, regionalArn, type AccountRegion } from "../../core/arns";
import { partitionOf } from "../../core/partition";
import type { PolicyStatement } from "../../core/policy";

const service = { Service: ["cloudtrail.amazonaws.com"] };

/** ARN of a trail in its home region. */
export const trailArn = (where: AccountRegion, name: string): string =>
  regionalArn("cloudtrail", where, `trail/${name}`);

/**
 * Bucket policy: one trail may write its account's records, and nobody else's trail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function writeTrailStatements(
  where: AccountRegion,
  { bucket, trail }: { readonly bucket: string; readonly trail: string },
): PolicyStatement[] {
  const arn = bucketArn(where, bucket);
  const source = { "aws:SourceArn": trailArn(where, trail) };
  return [
    {
      Sid: "TrailChecks",
      Effect: "Allow",
      Principal: service,
      Action: ["s3:GetBucketAcl"],
      Resource: [arn],
      Condition: { StringEquals: source },
    },
    {
      Sid: "TrailWrites",
      Effect: "Allow",
      Principal: service,
      Action: ["s3:PutObject"],
      Resource: [`${arn}/AWSLogs/${where.account}/*`],
      Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
  ];
}

/**
 * Key policy: one trail may encrypt its records.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function encryptTrailStatements(where: AccountRegion, trail: string): PolicyStatement[] {
  const source = { "aws:SourceArn": trailArn(where, trail) };
  return [
    {
      Sid: "TrailEncrypts",
      Effect: "Allow",
      Principal: service,
      Action: ["kms:GenerateDataKey*"],
      Resource: ["*"],
      Condition: {
        StringEquals: source,
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${partitionOf(where.region).name}:cloudtrail:*:${where.account}:trail/*`,
        },
      },
    },
    {
      Sid: "TrailLooks",
      Effect: "Allow",
      Principal: service,
      Action: ["kms:DescribeKey"],
      Resource: ["*"],
      Condition: { StringEquals: source },
    },
  ];
}
