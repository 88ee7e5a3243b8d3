import { gunzipSync } from "fflate";
import {
  DescribeModelPackageCommand,
  DescribeTrainingJobCommand,
  ListTrainingJobsCommand,
  ListTransformJobsCommand,
} from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import supported from "../../emulator/runner/supported.json";
import { account, bucket, RunnerSandbox, type Ended } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";
import {
  createModel,
  registerIn,
  train,
  trainingData,
  trainParameters,
  transform,
} from "../support/xgboost-steps";

/** What of a list or structure stands for it, with SageMaker's types. */
const within: Readonly<Record<string, string>> = {
  ModelArtifacts: "ModelArtifacts.S3ModelArtifacts",
  FinalMetricDataList: "FinalMetricDataList['validation:auc'].MetricName",
};

/** Every property that local AWS lets a pipeline refer to, by step. */
const { properties } = supported;
const known: readonly (readonly [string, readonly string[]])[] = [
  ["Plain", properties.Processing],
  [
    "Plain",
    ["ProcessingOutputConfig.Outputs['out'].S3Output.LocalPath", "AppSpecification.ContainerEntrypoint[0]"],
  ],
  ["Train", properties.Training.map((path) => within[path] ?? path)],
  ["Train", ["InputDataConfig['validation'].ContentType", "HyperParameters['objective']"]],
  [
    "Register-RegisterModel",
    [...properties.RegisterModel, "InferenceSpecification.Containers[0].ModelDataUrl"],
  ],
  ["Serve-CreateModel", [...properties.Model, "PrimaryContainer.Image"]],
  ["Score", [...properties.Transform, "TransformOutput.S3OutputPath", "TransformResources.InstanceCount"]],
];
const paths = [
  ...known.flatMap(([step, names]) => names.map((name) => `Steps.${step}.${name}`)),
  ...supported.variables.map((name) => `Execution.${name}`),
];
const show = shellStep("Show", "env | grep ^P_ > $OUT/properties.txt");
const Environment = Object.fromEntries(
  paths.map((path, at) => [`P_${at}`, { "Std:Join": { On: "=", Values: [path, { Get: path }] } }]),
);

const sandbox = new RunnerSandbox();
let ended: Ended;
beforeAll(async () => {
  await sandbox.start();
  await sandbox.put("training/rows.csv", trainingData(200));
  await sandbox.put("batch/rows.csv", "9,1\n0,1\n");
  await sandbox.put("batch/later/rows.csv", "1,2\n8,2\n2,2\n");
  await sandbox.put("broken/rows.csv", "9,1\n9,1,1\n");
  await sandbox.deploy("model", {
    Parameters: [
      ...trainParameters,
      { Name: "Batch", Type: "String", DefaultValue: `s3://${bucket}/batch/` },
    ],
    Steps: [
      train,
      registerIn("severity"),
      createModel,
      transform,
      shellStep("Plain", "true", { DependsOn: ["Score"] }),
      { ...show, Arguments: { ...show.Arguments, Environment } },
    ],
  });
  ended = await sandbox.run("model");
});
afterAll(() => sandbox.stop());

const jobOf = ({ Train }: Ended["steps"]) => Train?.Metadata?.TrainingJob?.Arn;

const scores = async (key: string) => (await sandbox.get(key)).trim().split("\n").map(Number);

test("a model is trained, registered and scores each file of a batch, line by line", async () => {
  const { arn, status, steps } = ended;
  expect(status).toBe("Succeeded");
  const id = executionIdOf(arn);
  const artifact = (await sandbox.keys(`runs/${id}/models/`)).join();
  expect(artifact).toMatch(
    new RegExp(`^runs/${id}/models/pipelines-${id}-Train-\\w{10}/output/model.tar.gz$`),
  );
  expect(sandbox.log(arn, "Train")).toMatch(/\[2\]\ttrain-auc:1\.0+\tvalidation-auc:1\.0+/);

  const { TrainingJobSummaries = [] } = await sandbox.sagemaker.send(new ListTrainingJobsCommand({}));
  const job = TrainingJobSummaries.find((each) => each.TrainingJobArn === jobOf(steps));
  expect(job?.TrainingJobStatus).toBe("Completed");
  const described = await sandbox.sagemaker.send(
    new DescribeTrainingJobCommand({ TrainingJobName: job?.TrainingJobName }),
  );
  expect(described.ModelArtifacts?.S3ModelArtifacts).toBe(`s3://${bucket}/${artifact}`);
  expect(described.HyperParameters).toMatchObject({ num_round: "3", max_depth: "2" });

  const ModelPackageName = steps["Register-RegisterModel"]?.Metadata?.RegisterModel?.Arn;
  const version = await sandbox.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName }));
  expect(version).toMatchObject({
    ModelPackageGroupName: "severity", // which nobody has made before
    ModelPackageVersion: 1,
    ModelApprovalStatus: "PendingManualApproval",
  });
  expect(version.InferenceSpecification?.Containers?.[0]?.ModelDataUrl).toBe(`s3://${bucket}/${artifact}`);

  const { TransformJobSummaries = [] } = await sandbox.sagemaker.send(new ListTransformJobsCommand({}));
  const transformed = TransformJobSummaries.find(
    (each) => each.TransformJobArn === steps.Score?.Metadata?.TransformJob?.Arn,
  );
  expect(transformed?.TransformJobStatus).toBe("Completed");
  const [high = 0, low = 0] = await scores(`runs/${id}/scores/rows.csv.out`);
  expect(high).toBeGreaterThan(0.5);
  expect(low).toBeLessThan(0.5);
  expect(await scores(`runs/${id}/scores/later/rows.csv.out`)).toHaveLength(3);
});

test("the artifact is an archive of the model file alone", async () => {
  const [key = ""] = await sandbox.keys(`runs/${executionIdOf(ended.arn)}/models/`);
  const archive = gunzipSync(await sandbox.getBytes(key));
  expect(Buffer.from(archive.subarray(0, 13)).toString()).toBe("xgboost-model");
});

test("a package of no group has a name of SageMaker's; a group of another account is not made", async () => {
  const group = "arn:aws:sagemaker:us-east-1:222222222222:model-package-group/severity";
  const request = registerIn(group).Arguments;
  const InferenceSpecification = {
    ...request.InferenceSpecification,
    Containers: [{ Image: train.Arguments.AlgorithmSpecification.TrainingImage, ModelDataUrl: "s3://b/m" }],
  };
  const step = (Name: string, more: object) => ({
    Name,
    Type: "RegisterModel",
    Arguments: { ...request, InferenceSpecification, ...more },
  });
  await sandbox.deploy("groups", {
    Steps: [step("Without_group", { ModelPackageGroupName: null }), step("Elsewhere", {})],
  });
  const { arn, steps } = await sandbox.run("groups");
  expect(steps.Without_group?.Metadata?.RegisterModel?.Arn).toMatch(
    new RegExp(`:model-package/pipelines-${executionIdOf(arn)}-without-group-\\w{10}$`),
  );
  expect(steps.Elsewhere?.FailureReason).toMatch(/^AccessDeniedException: .*CreateModelPackage/);
});

test("a batch that cannot be scored fails its job, and leaves no predictions", async () => {
  const { arn, status, steps } = await sandbox.run("model", { Batch: `s3://${bucket}/broken/` });
  expect(status).toBe("Failed");
  expect(steps.Score?.FailureReason).toMatch(/^ClientError: rows\.csv:2 must have 2 columns, got: 3/);
  expect(await sandbox.keys(`runs/${executionIdOf(arn)}/scores/`)).toEqual([]);
});

test("hyperparameters that the algorithm refuses are the step's reason, and register nothing", async () => {
  const { steps } = await sandbox.run("model", { Depth: "-1" });
  expect(Object.keys(steps)).toEqual(["Train"]);
  expect(steps.Train?.FailureReason).toMatch(/^ClientError: .*max_depth.*, exit code: 1$/);
  expect(jobOf(steps)).toContain(`:${account}:training-job/`);
});

test("every property that a pipeline may refer to has a value when a later step asks for it", async () => {
  const text = await sandbox.get(`runs/${executionIdOf(ended.arn)}/Show/properties.txt`);
  const shown = text
    .trim()
    .split("\n")
    .map((line) => /^P_\d+=(.*?)=(.+)$/.exec(line)?.slice(1) ?? [line]);
  const values = new Map(shown.map(([path = "", value]) => [path, value]));
  expect([...values.keys()].toSorted()).toEqual(paths.toSorted());
  const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;
  expect(Object.fromEntries(values)).toMatchObject({
    "Steps.Train.TrainingJobStatus": "Completed",
    "Steps.Train.TrainingEndTime": expect.stringMatching(time) as string,
    "Steps.Train.InputDataConfig['validation'].ContentType": "text/csv",
    "Steps.Plain.ProcessingOutputConfig.Outputs['out'].S3Output.LocalPath": "/opt/ml/processing/out",
    "Steps.Plain.AppSpecification.ContainerEntrypoint[0]": "sh",
    "Steps.Register-RegisterModel.ModelPackageVersion": "1",
    "Steps.Score.TransformResources.InstanceCount": "1",
    "Steps.Score.TransformJobStatus": "Completed",
    "Execution.PipelineName": "model",
    "Execution.StartDateTime": expect.stringMatching(time) as string,
  });
});
