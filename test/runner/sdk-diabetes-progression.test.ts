import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DescribeModelPackageCommand, UpdateModelPackageCommand } from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import { readText } from "../../emulator/runner/jobs/s3";
import { bundle } from "../../modules/lambda/bundle";
import { groundTruthName } from "../../operate/ground-truth";
import { repository } from "../../tools/paths";
import definitions from "../parity/golden/diabetes-progression.json";
import { deployFunction } from "../support/local-functions";
import { RunnerSandbox, type Ended } from "../support/runner-sandbox";
import { artifactsBucket, dataBucket, makeSdkAccount, putFile } from "../support/sdk-account";
import { tools } from "../support/tools";

const name = "diabetes-progression";
const scripts = join(repository, "pipelines", name, "scripts");
const group = `arn:aws:sagemaker:us-east-1:333333333333:model-package-group/${name}-model-package`;
const artifacts = `${artifactsBucket}/dev/${name}`;
const prefix = `s3://${dataBucket}/${name}`;
const sandbox = new RunnerSandbox();
const folder = join(sandbox.folder, "data");

const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost";
const functions = {
  "seal-version": {
    RUNS: `s3://${artifacts}/runs/`,
    VERSIONS: `s3://${artifacts}/versions/`,
    KEY: "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev",
  },
  "latest-approved-model": {
    MODEL_PACKAGE_GROUP: group,
    ACCEPTED: JSON.stringify({
      images: [image],
      bucket: `s3://${artifactsBucket}/`,
      model: name,
      versions: [`s3://${artifacts}/versions/`],
      former: [],
    }),
  },
};

beforeAll(async () => {
  await sandbox.start();
  await makeSdkAccount(sandbox, `${name}-model-package`);
  for (const script of readdirSync(scripts).filter((each) => each.endsWith(".py")))
    await putFile(sandbox.s3, `${prefix}/scripts/HASH/${script}`, join(scripts, script));
  execFileSync(tools().python, [join(scripts, "prepare_data.py"), "--out", folder]);
  await put("train-dataset", "diabetes-train-part1.csv");
  for (const batch of ["diabetes-batch.csv", "diabetes-batch-shifted.csv"]) await put("batch-dataset", batch);
  for (const [each, environment] of Object.entries(functions))
    await deployFunction(sandbox, `${name}-${each}`, {
      source: new TextDecoder().decode(bundle(join(repository, `lambdas/${each}/index.ts`))),
      environment,
    });
  for (const [each, definition] of Object.entries(definitions)) await sandbox.deploy(each, definition);
});
afterAll(() => sandbox.stop());

const put = (place: string, file: string, as = file) =>
  putFile(sandbox.s3, `${prefix}/data/${place}/${as}`, join(folder, file));

const truthArrives = (file: string) =>
  put("ground-truth", file, groundTruthName(readFileSync(join(folder, file)), new Date()));

const statuses = ({ steps }: Ended) =>
  Object.fromEntries(Object.entries(steps).map(([step, { StepStatus }]) => [step, StepStatus]));

const failures = ({ steps }: Ended) =>
  Object.values(steps).flatMap(({ FailureReason }) => FailureReason ?? []);

test("training tunes, measures the best model, bounds its quality and registers both", async () => {
  const ended = await sandbox.run("train");
  expect(failures(ended)).toEqual([]);
  expect(statuses(ended)).toEqual({
    "Diabetes-Preprocess": "Succeeded",
    "Diabetes-Tune": "Succeeded",
    "Diabetes-Evaluate": "Succeeded",
    "Diabetes-CheckRmse": "Succeeded",
    "Diabetes-ModelQualityBaseline": "Succeeded",
    "Diabetes-Bounds": "Succeeded",
    "Diabetes-SealVersion": "Succeeded",
    "Diabetes-RegisterModel": "Succeeded",
  });
  const ModelPackageName = ended.steps["Diabetes-RegisterModel"]?.Metadata?.RegisterModel?.Arn;
  const version = await sandbox.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }));
  const { Statistics, Constraints } = version.DriftCheckBaselines?.ModelQuality ?? {};
  const statistics = await metricsIn(Statistics?.S3Uri, "regression_metrics");
  const constraints = await metricsIn(Constraints?.S3Uri, "regression_constraints");
  expect(statistics.rmse?.value).toBeLessThan(70);
  expect(constraints.rmse?.threshold).toBeGreaterThan(statistics.rmse?.value ?? NaN);
  expect(constraints.r2?.threshold).toBeLessThan(statistics.r2?.value ?? NaN);
  await sandbox.sagemaker.send(
    new UpdateModelPackageCommand({ ModelPackageArn: ModelPackageName, ModelApprovalStatus: "Approved" }),
  );
});

const metricsIn = async (uri: string | undefined, section: string) => {
  expect(uri).toMatch(new RegExp(`^s3://${artifacts}/versions/`));
  const content = JSON.parse(await readText(sandbox.s3, uri ?? "")) as Record<string, unknown>;
  return content[section] as Readonly<Record<string, { readonly value: number; readonly threshold: number }>>;
};

test("inference keeps with each prediction who it is of", async () => {
  const ended = await sandbox.run("inference");
  expect(failures(ended)).toEqual([]);
  const scored = `${prefix}/inference/${executionIdOf(ended.arn)}/predictions/scored/scored.csv`;
  const [header, ...rows] = (await readText(sandbox.s3, scored)).trim().split("\n");
  expect(header).toBe("id,age,sex,bmi,bp,s1,s2,s3,s4,s5,s6,prediction,scored_at");
  const [, ...batch] = readFileSync(join(folder, "diabetes-batch.csv"), "utf8").trim().split("\n");
  expect(rows.map((row) => row.split(",")[0])).toEqual(batch.map((row) => row.split(",")[0]));
});

describe("the monitor", () => {
  test("passes where the truth is what the model was approved for", async () => {
    await truthArrives("diabetes-truth.csv");
    const ended = await sandbox.run("monitor");
    expect(failures(ended)).toEqual([]);
    expect(ended.status).toBe("Succeeded");
    expect(sandbox.log(ended.arn, "Diabetes-MergeTruth")).toContain("45 of 45 truths have a prediction");
  });

  test("fails on the truth of a population that has changed, with the metrics that are worse", async () => {
    const transform_input = `${prefix}/data/batch-dataset/diabetes-batch-shifted.csv`;
    await sandbox.run("inference", { transform_input });
    await truthArrives("diabetes-truth-shifted.csv");
    const ended = await sandbox.run("monitor");
    expect(ended.status).toBe("Failed");
    const [reason = ""] = failures(ended);
    const [report] = /s3:\S+constraint_violations\.json/.exec(reason) ?? [];
    expect(reason).toMatch(/^ClientError: Quality check failed\. See violation report/);
    const { violations } = JSON.parse(await readText(sandbox.s3, report ?? "")) as {
      readonly violations: readonly { readonly metric_name: string }[];
    };
    expect(violations.map(({ metric_name }) => metric_name)).toContain("rmse");
  });
});
