import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { bucketArn } from "../../core/arns";
import { policyDocument, type PolicyStatement } from "../../core/policy";
import { preventDestroy } from "../terraform/prevent-destroy";
import { denyOtherEncryptionStatements, denyPlainTransportStatement } from "./statements";

export interface PrivateBucketProps {
  readonly bucketName: string;
  readonly region: string;
  /** ARN of the key that encrypts objects whose writer names none. */
  readonly keyArn: string;
  /** Key and alias ARNs a writer may name; wildcards allowed. @default [keyArn] */
  readonly acceptedKeyArns?: readonly string[];
  /** Prefixes whose objects expire. @default none */
  readonly expirations?: readonly Expiration[];
  /** Bucket policy statements beside those that always stand. @default none */
  readonly statements?: readonly PolicyStatement[];
}

/** Objects below a prefix go so many days after they were written. */
export interface Expiration {
  /** Names the rule; letters, digits and dashes. */
  readonly id: string;
  readonly prefix: string;
  readonly days: number;
}

/** Days that what has expired can still be brought back, for whoever set too few; S3 takes the shorter of two rules. */
const expiredVersionDays = 7;

/** Days that an overwritten or deleted version is kept. */
const noncurrentVersionDays = 90;

/** A bucket that is private, TLS-only, versioned, encrypted with a customer-managed key, and has no ACLs. */
export class PrivateBucket extends Construct {
  readonly bucket: S3Bucket;
  /** Who else may reach it waits for this. */
  readonly policy: S3BucketPolicy;
  /** What is uploaded gets a version from then on. */
  readonly versioning: S3BucketVersioningA;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    this.bucket = new S3Bucket(this, "bucket", { bucket: props.bucketName, lifecycle: preventDestroy });
    this.blockPublicAccess();
    this.disableAcls();
    this.versioning = this.keepVersions();
    this.expire(this.versioning, props.expirations ?? []);
    this.encrypt(props.keyArn);
    this.policy = this.setPolicy(props);
  }

  private blockPublicAccess(): void {
    new S3BucketPublicAccessBlock(this, "public-access-block", {
      bucket: this.bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }

  private disableAcls(): void {
    new S3BucketOwnershipControls(this, "ownership-controls", {
      bucket: this.bucket.id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
  }

  private keepVersions(): S3BucketVersioningA {
    return new S3BucketVersioningA(this, "versioning", {
      bucket: this.bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
  }

  private expire(versioning: S3BucketVersioningA, expirations: readonly Expiration[]): void {
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: this.bucket.id,
      rule: [
        {
          id: "expire-old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: noncurrentVersionDays }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
        ...expirations.map(({ id, prefix, days }) => ({
          id,
          status: "Enabled",
          filter: [{ prefix }],
          expiration: [{ days }],
          noncurrentVersionExpiration: [{ noncurrentDays: expiredVersionDays }],
        })),
      ],
      dependsOn: [versioning],
    });
  }

  private encrypt(keyArn: string): void {
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: this.bucket.id,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: true,
        },
      ],
    });
  }

  private setPolicy({
    keyArn,
    acceptedKeyArns = [keyArn],
    statements = [],
    ...props
  }: PrivateBucketProps): S3BucketPolicy {
    const arn = bucketArn(props, props.bucketName);
    const always = [denyPlainTransportStatement(arn), ...denyOtherEncryptionStatements(arn, acceptedKeyArns)];
    return new S3BucketPolicy(this, "policy", {
      bucket: this.bucket.id,
      policy: policyDocument([...always, ...statements]),
    });
  }
}
