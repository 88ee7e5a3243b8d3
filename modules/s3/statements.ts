import type { AccountRegion } from "../../core/arns";
import { rolesOfAccount, type IdentityStatement, type PolicyStatement } from "../../core/policy";

/** Bucket policy: nothing over plain HTTP. */
export function denyPlainTransportStatement(bucketArn: string): PolicyStatement {
  return {
    Sid: "DenyPlainTransport",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:*"],
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/**
 * Bucket policy: an upload that names an encryption key must name an accepted one; an upload that names none gets
 * the bucket's default key.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function denyOtherKeysStatement(bucketArn: string, keyArns: readonly string[]): PolicyStatement {
  const header = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  return {
    Sid: "DenyOtherKeys",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject"],
    Resource: [`${bucketArn}/*`],
    Condition: { ArnNotLike: { [header]: keyArns }, Null: { [header]: "false" } },
  };
}

/** Actions on model artifacts. */
const artifactActions = ["s3:PutObject", "s3:PutObjectAcl", "s3:GetObject", "s3:GetObjectVersion"];

/** Bucket policy of the central artifacts bucket: a workload account's execution role reads and writes artifacts. */
export function artifactsAccessStatements(
  bucketArn: string,
  environment: string,
  where: AccountRegion,
  roleArns: readonly string[],
): PolicyStatement[] {
  const suffix = environment.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const from = rolesOfAccount(where, roleArns);
  return [
    {
      Sid: `ArtifactsOf${suffix}`,
      Effect: "Allow",
      ...from,
      Action: artifactActions,
      Resource: [`${bucketArn}/*`],
    },
    {
      Sid: `ListingBy${suffix}`,
      Effect: "Allow",
      ...from,
      Action: ["s3:ListBucket"],
      Resource: [bucketArn],
    },
  ];
}

/** Identity policy of the execution role on the central artifacts bucket. */
export function artifactsIdentityStatements(bucketArn: string): IdentityStatement[] {
  return [
    {
      Sid: "Artifacts",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:GetObject", "s3:GetObjectVersion"],
      Resource: [`${bucketArn}/*`],
    },
    { Sid: "Listing", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucketArn] },
  ];
}

/**
 * Identity policy: read and write objects under some prefixes, old versions included.
 * @param listed further prefixes that may be listed, and no more
 */
export function prefixWriteStatements(
  sid: string,
  bucketArn: string,
  prefixes: readonly string[],
  listed: readonly string[] = [],
): IdentityStatement[] {
  return [
    {
      Sid: `${sid}Objects`,
      Effect: "Allow",
      Action: [
        "s3:GetObject",
        "s3:GetObjectVersion",
        "s3:GetObjectTagging",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
      ],
      Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
    },
    {
      Sid: `${sid}Listing`,
      Effect: "Allow",
      Action: ["s3:ListBucket", "s3:ListBucketVersions"],
      Resource: [bucketArn],
      Condition: { StringLike: { "s3:prefix": [...prefixes, ...listed].map((allowed) => `${allowed}*`) } },
    },
  ];
}
