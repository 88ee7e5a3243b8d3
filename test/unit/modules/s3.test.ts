import { join } from "node:path";
import { PrivateBucket } from "../../../modules/s3/private-bucket";
import { VersionedFiles } from "../../../modules/s3/versioned-files";
import { billOfMaterials, only, statementsOf, synthesise } from "../../support/synth";

const keyArn = "arn:aws:kms:us-east-1:111111111111:key/k";

const bucket = () =>
  synthesise((scope) => {
    new PrivateBucket(scope, "data", { bucketName: "a-sagemaker-bucket", region: "us-east-1", keyArn });
  });

test("a bucket comes with everything that keeps it private", () => {
  expect(billOfMaterials(bucket())).toEqual({
    aws_s3_bucket: 1,
    aws_s3_bucket_lifecycle_configuration: 1,
    aws_s3_bucket_ownership_controls: 1,
    aws_s3_bucket_policy: 1,
    aws_s3_bucket_public_access_block: 1,
    aws_s3_bucket_server_side_encryption_configuration: 1,
    aws_s3_bucket_versioning: 1,
  });
});

test("a bucket blocks public access in all four ways", () => {
  expect(only(bucket(), "aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
});

test("a bucket has no ACLs, keeps versions, and is encrypted with its key through a bucket key", () => {
  const stack = bucket();
  expect(only(stack, "aws_s3_bucket_ownership_controls").rule).toEqual({
    object_ownership: "BucketOwnerEnforced",
  });
  expect(only(stack, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
  expect(only(stack, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    {
      apply_server_side_encryption_by_default: { kms_master_key_id: keyArn, sse_algorithm: "aws:kms" },
      bucket_key_enabled: true,
    },
  ]);
});

test("old versions expire everywhere, and objects where a prefix has days, their versions soon after", () => {
  const rulesOf = (stack: ReturnType<typeof bucket>) =>
    only(stack, "aws_s3_bucket_lifecycle_configuration").rule as readonly object[];
  const [versions, ...others] = rulesOf(bucket());
  expect(versions).toMatchObject({
    filter: [{ prefix: "" }],
    noncurrent_version_expiration: [{ noncurrent_days: 90 }],
  });
  expect(versions).not.toHaveProperty("expiration");
  expect(others).toEqual([]);
  const expiring = synthesise((scope) => {
    const expirations = [{ id: "expire-splits", prefix: "model/splits/", days: 30 }];
    new PrivateBucket(scope, "data", { bucketName: "a-bucket", region: "us-east-1", keyArn, expirations });
  });
  expect(rulesOf(expiring)).toEqual([
    versions,
    {
      id: "expire-splits",
      status: "Enabled",
      filter: [{ prefix: "model/splits/" }],
      expiration: [{ days: 30 }],
      noncurrent_version_expiration: [{ noncurrent_days: 7 }],
    },
  ]);
});

test("Terraform will not destroy a bucket, and there is no way to have it emptied", () => {
  const resource = only(bucket(), "aws_s3_bucket");
  expect(resource.lifecycle).toEqual({ prevent_destroy: true });
  expect(resource).not.toHaveProperty("force_destroy");
});

test("a bucket denies plain HTTP, and uploads that name another key", () => {
  const algorithm = "s3:x-amz-server-side-encryption";
  const key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  expect(statementsOf(only(bucket(), "aws_s3_bucket_policy").policy)).toEqual([
    {
      Sid: "DenyPlainTransport",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:*"],
      Resource: ["arn:aws:s3:::a-sagemaker-bucket", "arn:aws:s3:::a-sagemaker-bucket/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    ...[
      ["DenyOtherKeys", { ArnNotLike: { [key]: [keyArn] }, Null: { [key]: "false" } }],
      [
        "DenyOtherAlgorithms",
        { StringNotEquals: { [algorithm]: "aws:kms" }, Null: { [algorithm]: "false" } },
      ],
      ["DenyUnnamedKey", { StringEquals: { [algorithm]: "aws:kms" }, Null: { [key]: "true" } }],
      ["DenyWritersKeys", { Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" } }],
    ].map(([Sid, Condition]) => ({
      Sid,
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:PutObject"],
      Resource: ["arn:aws:s3:::a-sagemaker-bucket/*"],
      Condition,
    })),
  ]);
});

test("files are uploaded without the default tags, of which S3 takes only ten", () => {
  const stack = synthesise((scope) => {
    const file = { name: "a.ts", path: join(__dirname, "s3.test.ts"), key: "m/scripts/abc/a.ts" };
    new VersionedFiles(scope, "scripts", { bucketName: "b", files: [file] });
  });
  expect(only(stack, "aws_s3_object")).toMatchObject({
    bucket: "b",
    key: "m/scripts/abc/a.ts",
    override_provider: { default_tags: { tags: {} } },
  });
});
