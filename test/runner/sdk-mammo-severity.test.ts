import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DescribeModelPackageCommand } from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import { readText } from "../../emulator/runner/jobs/s3";
import inference from "../parity/golden/inference.json";
import train from "../parity/golden/train.json";
import { bundle } from "../../modules/lambda/bundle";
import { deployFunction } from "../support/local-functions";
import { RunnerSandbox, type Ended } from "../support/runner-sandbox";
import { artifactsBucket, dataBucket, keysBelow, makeSdkAccount, putFile } from "../support/sdk-account";
import { tools } from "../support/tools";

const scripts = join(__dirname, "../../pipelines/mammo-severity/scripts");
const artifacts = `s3://${artifactsBucket}/dev/mammo-severity`;
const prefix = `s3://${dataBucket}/mammo-severity`;
const sandbox = new RunnerSandbox();
let trained: Ended;

beforeAll(async () => {
  await sandbox.start();
  await makeSdkAccount(sandbox);
  for (const script of ["preprocess.py", "evaluate.py"])
    await putFile(sandbox.s3, `${prefix}/scripts/HASH/${script}`, join(scripts, script));
  const folder = join(sandbox.folder, "data");
  execFileSync(tools().python, [join(scripts, "prepare_data.py"), "--out", folder]);
  for (const file of readdirSync(folder)) {
    const place = file.includes("batch") ? "batch-dataset" : "train-dataset";
    if (!file.includes("part2"))
      await putFile(sandbox.s3, `${prefix}/data/${place}/${file}`, join(folder, file));
  }
  await deployFunction(sandbox, "mammo-severity-seal-version", {
    source: new TextDecoder().decode(bundle(join(__dirname, "../../lambdas/seal-version/index.ts"))),
    environment: {
      RUNS: `${artifacts}/runs/`,
      VERSIONS: `${artifacts}/versions/`,
      KEY: "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev",
    },
  });
  await sandbox.deploy("train", train);
  trained = await sandbox.run("train");
});
afterAll(() => sandbox.stop());

const statuses = ({ steps }: Ended) =>
  Object.fromEntries(Object.entries(steps).map(([name, { StepStatus }]) => [name, StepStatus]));

/** The version that the training registered. */
const version = () => {
  const ModelPackageName = trained.steps["Mammo-RegisterModel"]?.Metadata?.RegisterModel?.Arn;
  return sandbox.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }));
};

/** A file of the version, where the function keeps it. */
const kept = (name: string): unknown =>
  expect.stringMatching(
    new RegExp(
      `^${artifacts}/versions/${executionIdOf(trained.arn)}/[\\w.-]+/${name.replaceAll(".", "\\.")}$`,
    ),
  );

test("the train pipeline as the SDK renders it trains a good model and registers it in the other account", async () => {
  expect(statuses(trained)).toEqual({
    "Mammo-PreProcessing": "Succeeded",
    "Mammo-Train": "Succeeded",
    "Mammo-Eval": "Succeeded",
    "Mammo-CheckAUCScore": "Succeeded",
    "Mammo-DataQualityCheck": "Succeeded",
    "Mammo-SealVersion": "Succeeded",
    "Mammo-RegisterModel": "Succeeded",
  });
  const id = executionIdOf(trained.arn);
  const evaluation = JSON.parse(
    await readText(sandbox.s3, `${prefix}/train/${id}/evaluation/evaluation.json`),
  ) as {
    classification_metrics: { auc: { value: number } };
  };
  expect(evaluation.classification_metrics.auc.value).toBeGreaterThan(0.8);

  expect(await version()).toMatchObject({
    ModelPackageArn: "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/1",
    ModelApprovalStatus: "PendingManualApproval",
    InferenceSpecification: { Containers: [{ ModelDataUrl: kept("model.tar.gz") }] },
    CustomerMetadataProperties: {
      model_artifact_uri_version: expect.any(String) as string,
      s3_baseline_uri_statistics_version: expect.any(String) as string,
      s3_baseline_uri_constraints_version: expect.any(String) as string,
    },
    DriftCheckBaselines: {
      ModelDataQuality: {
        Statistics: { S3Uri: kept("statistics.json") },
        Constraints: { S3Uri: kept("constraints.json") },
      },
    },
  });
});

describe("the inference pipeline as the SDK renders it", () => {
  beforeAll(async () => {
    const { InferenceSpecification, DriftCheckBaselines } = await version();
    const [container] = InferenceSpecification?.Containers ?? [];
    const baseline = DriftCheckBaselines?.ModelDataQuality;
    const answer = {
      model_artifact_uri: container?.ModelDataUrl,
      image_uri: `${container?.Image?.split(":")[0] ?? ""}@${container?.ImageDigest ?? ""}`,
      s3_baseline_uri_statistics: baseline?.Statistics?.S3Uri,
      s3_baseline_uri_constraints: baseline?.Constraints?.S3Uri,
    };
    const source = `exports.handler = async () => (${JSON.stringify(answer)});`;
    await deployFunction(sandbox, "mammo-severity-latest-approved-model", { source });
    await sandbox.deploy("inference", inference);
  });

  test("gives one prediction for each row of the clean batch", async () => {
    const ended = await sandbox.run("inference");
    expect(statuses(ended)).toEqual({
      "Mammo-LatestApprovedModel": "Succeeded",
      "Mammo-CreateModel": "Succeeded",
      "Mammo-Inference-monitoring": "Succeeded",
      "Mammo-Inference-transform": "Succeeded",
    });
    const predictions = `${prefix}/inference/${executionIdOf(ended.arn)}/predictions`;
    const lines = (await readText(sandbox.s3, `${predictions}/mammo-batch-dataset.csv.out`))
      .trim()
      .split("\n");
    expect(lines).toHaveLength(48);
    expect(lines.map(Number).every((score) => score > 0 && score < 1)).toBe(true);
  });

  test("fails the monitor on the batch with outliers, and scores nothing", async () => {
    const transform_input = `${prefix}/data/batch-dataset/mammo-batch-dataset-outliers.csv`;
    const ended = await sandbox.run("inference", { transform_input });
    expect(statuses(ended)).toEqual({
      "Mammo-LatestApprovedModel": "Succeeded",
      "Mammo-CreateModel": "Succeeded",
      "Mammo-Inference-monitoring": "Failed",
    });
    const { FailureReason } = ended.steps["Mammo-Inference-monitoring"] ?? {};
    expect(FailureReason).toMatch(/^ClientError: Quality check failed\. See violation report s3:/);
    expect(
      await keysBelow(sandbox.s3, `${prefix}/inference/${executionIdOf(ended.arn)}/predictions`),
    ).toEqual([]);
  });
});
