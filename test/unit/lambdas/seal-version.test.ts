import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  S3Client,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { handler } from "../../../lambdas/seal-version";

const key = "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev";
const runs = "s3://artifacts/dev/mammo-severity/runs/";
const source = `${runs}models/abc/job/output/model.tar.gz`;
const kept = "dev/mammo-severity/versions/abc/v1/model.tar.gz";
const s3 = mockClient(S3Client);

beforeEach(() => {
  s3.reset();
  s3.on(HeadObjectCommand).resolves({ VersionId: "v1", ContentLength: 10 });
  s3.on(CreateMultipartUploadCommand).resolves({ UploadId: "upload" });
  s3.on(UploadPartCopyCommand).callsFake(({ PartNumber }: { readonly PartNumber: number }) => ({
    CopyPartResult: { ETag: `part ${PartNumber}` },
  }));
  s3.on(CompleteMultipartUploadCommand).resolves({ VersionId: "v2" });
  Object.assign(process.env, {
    RUNS: runs,
    VERSIONS: "s3://artifacts/dev/mammo-severity/versions/",
    KEY: key,
  });
});

const refused = (name: string) => Object.assign(new Error("At least one of the pre-conditions…"), { name });

test("a file is copied as it is now, under the environment's key, to where nothing is yet", async () => {
  expect(await handler({ execution: "abc", model_artifact_uri: source })).toEqual({
    statusCode: 200,
    model_artifact_uri: `s3://artifacts/${kept}`,
    model_artifact_uri_version: "v2",
  });
  const where = { Bucket: "artifacts", Key: kept };
  expect(s3.commandCalls(CreateMultipartUploadCommand)[0]?.args[0].input).toEqual({
    ...where,
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: key,
  });
  expect(s3.commandCalls(UploadPartCopyCommand).map(({ args }) => args[0].input)).toEqual([
    {
      ...where,
      UploadId: "upload",
      PartNumber: 1,
      CopySource: "artifacts/dev/mammo-severity/runs/models/abc/job/output/model.tar.gz?versionId=v1",
    },
  ]);
  expect(s3.commandCalls(CompleteMultipartUploadCommand)[0]?.args[0].input).toEqual({
    ...where,
    UploadId: "upload",
    MultipartUpload: { Parts: [{ PartNumber: 1, ETag: "part 1" }] },
    IfNoneMatch: "*",
  });
});

test("files over five gibibytes go in parts", async () => {
  const gibibytes = (count: number) => count * 1024 ** 3;
  s3.on(HeadObjectCommand).resolves({ VersionId: "v1", ContentLength: gibibytes(5) + 1 });
  await handler({ execution: "abc", model_artifact_uri: source });
  expect(s3.commandCalls(UploadPartCopyCommand).map(({ args }) => args[0].input.CopySourceRange)).toEqual([
    `bytes=0-${gibibytes(5) - 1}`,
    `bytes=${gibibytes(5)}-${gibibytes(5)}`,
  ]);
});

test("a second call for the same file finds what the first one wrote", async () => {
  s3.on(CompleteMultipartUploadCommand).rejects(refused("PreconditionFailed"));
  s3.on(HeadObjectCommand, { Key: kept }).resolves({ VersionId: "first" });
  expect(await handler({ execution: "abc", model_artifact_uri: source })).toMatchObject({
    model_artifact_uri: `s3://artifacts/${kept}`,
    model_artifact_uri_version: "first",
  });
});

test("any other refusal fails the step", async () => {
  s3.on(CompleteMultipartUploadCommand).rejects(refused("AccessDenied"));
  await expect(handler({ execution: "abc", model_artifact_uri: source })).rejects.toThrow("pre-conditions");
});

test.each([
  ["of another model", "s3://artifacts/dev/other-model/runs/models/abc/model.tar.gz"],
  ["of another environment", "s3://artifacts/prod/mammo-severity/runs/models/abc/model.tar.gz"],
  ["of another bucket", "s3://attacker/dev/mammo-severity/runs/model.tar.gz"],
])("a file %s is refused, and nothing written", async (_, uri) => {
  await expect(handler({ execution: "abc", model_artifact_uri: uri })).rejects.toThrow(
    `model_artifact_uri must be below ${runs}, got: ${uri}`,
  );
  expect(s3.calls()).toEqual([]);
});

test.each(["", "../prod", "a/b"])("an execution must be an id: %j", async (execution) => {
  await expect(handler({ execution, model_artifact_uri: source })).rejects.toThrow(
    `execution must be the id of a pipeline execution, got: "${execution}"`,
  );
});

test("a bucket without versions is refused", async () => {
  s3.on(HeadObjectCommand).resolves({ ContentLength: 1 });
  await expect(handler({ execution: "abc", model_artifact_uri: source })).rejects.toThrow(
    `${source} must be in a bucket that keeps versions`,
  );
});

test("a missing variable is named", async () => {
  delete process.env.KEY;
  await expect(handler({ execution: "abc" })).rejects.toThrow("The variable KEY must be set");
});
