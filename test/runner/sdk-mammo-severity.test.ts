import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DescribeModelPackageCommand } from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import { readText } from "../../emulator/runner/jobs/s3";
import inference from "../parity/golden/inference.json";
import train from "../parity/golden/train.json";
import { deployFunction } from "../support/local-functions";
import { RunnerSandbox, type Ended } from "../support/runner-sandbox";
import { artifactsBucket, dataBucket, keysBelow, makeSdkAccount, putFile } from "../support/sdk-account";
import { tools } from "../support/tools";

const scripts = join(__dirname, "../../pipelines/mammo-severity/scripts");
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

const baselines = () => {
  const folder = `s3://${artifactsBucket}/mammo-severity/baselines/${executionIdOf(trained.arn)}`;
  return { statistics: `${folder}/statistics.json`, constraints: `${folder}/constraints.json` };
};

test("the train pipeline as the SDK renders it trains a good model and registers it in the other account", async () => {
  expect(statuses(trained)).toEqual({
    "Mammo-PreProcessing": "Succeeded",
    "Mammo-Train": "Succeeded",
    "Mammo-Eval": "Succeeded",
    "Mammo-CheckAUCScore": "Succeeded",
    "Mammo-DataQualityCheck": "Succeeded",
    "Mammo-RegisterModel": "Succeeded",
  });
  const id = executionIdOf(trained.arn);
  const evaluation = JSON.parse(
    await readText(sandbox.s3, `${prefix}/train/${id}/evaluation/evaluation.json`),
  ) as {
    classification_metrics: { auc: { value: number } };
  };
  expect(evaluation.classification_metrics.auc.value).toBeGreaterThan(0.8);

  const { statistics, constraints } = baselines();
  expect(await version()).toMatchObject({
    ModelPackageArn: "arn:aws:sagemaker:us-east-1:333333333333:model-package/mammo-severity-model-package/1",
    ModelApprovalStatus: "PendingManualApproval",
    DriftCheckBaselines: {
      ModelDataQuality: {
        Statistics: { S3Uri: statistics },
        Constraints: { S3Uri: constraints },
      },
    },
  });
});

describe("the inference pipeline as the SDK renders it", () => {
  beforeAll(async () => {
    const [container] = (await version()).InferenceSpecification?.Containers ?? [];
    const answer = {
      model_artifact_uri: container?.ModelDataUrl,
      image_uri: container?.Image,
      s3_baseline_uri_statistics: baselines().statistics,
      s3_baseline_uri_constraints: baselines().constraints,
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
