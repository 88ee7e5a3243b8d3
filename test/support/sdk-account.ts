import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  CreateModelPackageGroupCommand,
  PutModelPackageGroupPolicyCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { create } from "tar";
import { locationOf } from "../../emulator/runner/jobs/s3";
import { account, type RunnerSandbox } from "./runner-sandbox";

export const dataBucket = "mlops-dev-sagemaker-data-111111111111";
export const artifactsBucket = "mlops-sagemaker-artifacts-333333333333";
const registry = "333333333333";

/** Makes what the definitions rendered by AWS's SDK (test/parity) name, by hand. */
export async function makeSdkAccount(
  sandbox: RunnerSandbox,
  group = "mammo-severity-model-package",
): Promise<void> {
  await sandbox.createRole("sagemaker-execution-role", "sagemaker.amazonaws.com");
  await sandbox.createRole("function-role", "lambda.amazonaws.com");
  await sandbox.s3.send(new CreateBucketCommand({ Bucket: dataBucket }));
  const settings = await sandbox.access(registry);
  const s3 = new S3Client(settings);
  await s3.send(new CreateBucketCommand({ Bucket: artifactsBucket }));
  await s3.send(
    new PutBucketVersioningCommand({
      Bucket: artifactsBucket,
      VersioningConfiguration: { Status: "Enabled" },
    }),
  );
  await s3.send(
    new PutBucketPolicyCommand({ Bucket: artifactsBucket, Policy: policy(["s3:*"], bucketArns) }),
  );
  const sagemaker = new SageMakerClient(settings);
  await sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }));
  await sagemaker.send(
    new PutModelPackageGroupPolicyCommand({
      ModelPackageGroupName: group,
      ResourcePolicy: policy(["sagemaker:*"], packageArns(group)),
    }),
  );
}

const bucketArns = [`arn:aws:s3:::${artifactsBucket}`, `arn:aws:s3:::${artifactsBucket}/*`];
const packageArns = (group: string): string[] =>
  ["model-package-group/", "model-package/"].map(
    (kind) =>
      `arn:aws:sagemaker:us-east-1:${registry}:${kind}${group}${kind === "model-package/" ? "/*" : ""}`,
  );

const policy = (Action: readonly string[], Resource: readonly string[]): string => {
  const Principal = { AWS: `arn:aws:iam::${account}:root` };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal, Action, Resource }],
  });
};

/** Writes a file of this machine to S3. */
export async function putFile(s3: S3Client, uri: string, file: string): Promise<void> {
  const { bucket, key } = locationOf(uri);
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: readFileSync(file) }));
}

/** Keys of the objects below a prefix. */
export async function keysBelow(s3: S3Client, uri: string): Promise<string[]> {
  const { bucket, key } = locationOf(uri);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key }));
  return Contents.map(({ Key = "" }) => Key);
}

/** Packs files of a folder as the SDK packs a source folder, and writes the archive to S3. */
export async function putSources(s3: S3Client, uri: string, folder: string, files: string[]): Promise<void> {
  const temporary = mkdtempSync(join(tmpdir(), "sources-"));
  try {
    const archive = join(temporary, "sourcedir.tar.gz");
    await create({ gzip: true, file: archive, cwd: folder }, files);
    await putFile(s3, uri, archive);
  } finally {
    rmSync(temporary, { recursive: true });
  }
}
