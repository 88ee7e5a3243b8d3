import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateModelPackageCommand,
  DescribeModelPackageCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
  type DescribeModelPackageCommandOutput,
} from "@aws-sdk/client-sagemaker";
import { temporaryFolder } from "../../support/temporary-folder";
import { tools } from "../../support/tools";
import type { AppliedEstate } from "../../support/applied-estate";

const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5";
const artifacts = "mlops-sagemaker-artifacts-333333333333";
const data = "mlops-prod-sagemaker-data-222222222222";
const prodKey = "arn:aws:kms:us-east-1:222222222222:alias/mlops-prod";

/** A version that prod has trained, and what batch transform makes of the rows that it was evaluated on. */
export interface ServedVersion {
  readonly arn: string;
  readonly scores: readonly number[];
}

/** Registers two approved versions with real models, and a third that is worse than its evaluation says, and puts what they were evaluated on where training leaves it. */
export async function servedVersions(
  applied: AppliedEstate,
): Promise<{ readonly rows: string; readonly versions: readonly ServedVersion[] }> {
  const folder = temporaryFolder();
  await promisify(execFile)(tools().python, [join(__dirname, "served_versions.py"), folder]);
  const read = (...path: string[]) => readFile(join(folder, ...path));
  const prod = new S3Client(await applied.access("prod"));
  const access = await applied.access("registry");
  const registry = new S3Client(access);
  const sagemaker = new SageMakerClient(access);
  const rows = (await read("test.csv")).toString();
  const versions: ServedVersion[] = [];
  for (const number of ["1", "2", "3"]) {
    const run = `mammo-severity/train/${number}`;
    const model = `prod/mammo-severity/versions/${number}/model.tar.gz`;
    await registry.send(
      new PutObjectCommand({
        ...{ Bucket: artifacts, Key: model, Body: await read(number, "model.tar.gz"), IfNoneMatch: "*" },
        ...{ ServerSideEncryption: "aws:kms", SSEKMSKeyId: prodKey },
      }),
    );
    const evaluation = `${run}/evaluation/evaluation.json`;
    const body = await read(number, "evaluation.json");
    await prod.send(new PutObjectCommand({ Bucket: data, Key: evaluation, Body: body }));
    await prod.send(
      new PutObjectCommand({
        Bucket: data,
        Key: `mammo-severity/splits/${number}/test/test.csv`,
        Body: rows,
      }),
    );
    const scores = (await read(number, "batch.out")).toString().trim().split("\n").map(Number);
    versions.push({ arn: await register(sagemaker, model, evaluation), scores });
  }
  return { rows, versions };
}

async function register(sagemaker: SageMakerClient, model: string, evaluation: string): Promise<string> {
  const { ModelPackageArn = "" } = await sagemaker.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName: "mammo-severity-model-package",
      InferenceSpecification: {
        Containers: [{ Image: image, ModelDataUrl: `s3://${artifacts}/${model}` }],
        SupportedContentTypes: ["text/csv"],
        SupportedResponseMIMETypes: ["text/csv"],
      },
      ModelMetrics: {
        ModelQuality: {
          Statistics: { ContentType: "application/json", S3Uri: `s3://${data}/${evaluation}` },
        },
      },
    }),
  );
  await sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn, ModelApprovalStatus: "Approved" }));
  return ModelPackageArn;
}

/** The same once more, as a version of its own. @returns its number */
export async function registeredAgain(applied: AppliedEstate, arn: string): Promise<string> {
  const { InferenceSpecification, ModelMetrics, ModelPackageGroupName } = await described(applied, arn);
  const sagemaker = new SageMakerClient(await applied.access("registry"));
  const again = { InferenceSpecification, ModelMetrics, ModelPackageGroupName };
  const { ModelPackageArn = "" } = await sagemaker.send(new CreateModelPackageCommand(again));
  await sagemaker.send(new UpdateModelPackageCommand({ ModelPackageArn, ModelApprovalStatus: "Approved" }));
  return ModelPackageArn.slice(ModelPackageArn.lastIndexOf("/") + 1);
}

export async function described(
  applied: AppliedEstate,
  arn: string,
): Promise<DescribeModelPackageCommandOutput> {
  const sagemaker = new SageMakerClient(await applied.access("registry"));
  return sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn }));
}
