import type { Condition, IdentityStatement, PolicyStatement } from "../../core/policy";

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
 * Bucket policy: an upload that says nothing of encryption gets the bucket's own key; one that does must name an accepted key.
 * `aws:kms` without a key would be AWS's own key, and a key of the writer's (SSE-C) would lock everyone else out.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function denyOtherEncryptionStatements(
  bucketArn: string,
  keyArns: readonly string[],
): PolicyStatement[] {
  const algorithm = "s3:x-amz-server-side-encryption";
  const key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  const customerKey = "s3:x-amz-server-side-encryption-customer-algorithm";
  const deny = (Sid: string, Condition: Condition): PolicyStatement => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject"],
    Resource: [`${bucketArn}/*`],
    Condition,
  });
  return [
    deny("DenyOtherKeys", { ArnNotLike: { [key]: keyArns }, Null: { [key]: "false" } }),
    deny("DenyOtherAlgorithms", {
      StringNotEquals: { [algorithm]: "aws:kms" },
      Null: { [algorithm]: "false" },
    }),
    deny("DenyUnnamedKey", { StringEquals: { [algorithm]: "aws:kms" }, Null: { [key]: "true" } }),
    deny("DenyWritersKeys", { Null: { [customerKey]: "false" } }),
  ];
}

/** What may be done to objects under some prefixes. */
interface PrefixWrite {
  readonly prefixes: readonly string[];
  /** Further prefixes that may be listed, and no more. @default none */
  readonly listed?: readonly string[];
  /** Whether what was overwritten may be deleted for good. @default false */
  readonly deletesVersions?: boolean;
}

/** Identity policy: read and write objects under some prefixes, and read their old versions. */
export function prefixWriteStatements(
  sid: string,
  bucketArn: string,
  { prefixes, listed = [], deletesVersions = false }: PrefixWrite,
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
        ...(deletesVersions ? ["s3:DeleteObjectVersion"] : []),
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
