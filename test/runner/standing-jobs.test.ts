import {
  CreateProcessingJobCommand,
  DescribeProcessingJobCommand,
  ListTrainingJobsCommand,
  StopProcessingJobCommand,
  type CreateProcessingJobRequest,
} from "@aws-sdk/client-sagemaker";
import { imageRepositoryName } from "../../core/naming";
import { containerImage } from "../../pipelines/definition";
import {
  modelTask,
  runName,
  StateMachine,
  text,
  trainingTask,
  transformTask,
} from "../../pipelines/workflow";
import type { TransformRecords } from "../../pipelines/definition/steps/transform-step";
import { account, bucket, executionRole, RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";
import { StatesClient } from "../support/states-client";
import { untilEnded, untilRunning } from "../support/processes";
import { until } from "../support/until";
import { trainingData } from "../support/xgboost-steps";

const sandbox = new RunnerSandbox();
const states = new StatesClient(sandbox);
const flowRole = `arn:aws:iam::${account}:role/flow`;

beforeAll(async () => {
  await sandbox.start();
  await sandbox.createRole("flow", "states.amazonaws.com");
  await sandbox.put("training/rows.csv", trainingData(200));
  await sandbox.put("held-out/rows.csv", "9,1\n0,1\n");
});
afterAll(() => sandbox.stop());

const region = "us-east-1";
const keys = {
  kmsKeyArn: `arn:aws:kms:${region}:${account}:alias/data`,
  volumeKeyArn: `arn:aws:kms:${region}:${account}:key/0a1b2c3d`,
};
const machine = { instanceType: "ml.m5.large", instanceCount: 1 };

/** Trains, makes a model and scores held-out rows with it. */
const flow = (
  name: string,
  hyperparameters: Readonly<Record<string, string | number>>,
  {
    image = containerImage("xgboost", region),
    channels = { train: "training/", validation: "training/" },
    rows = "held-out/",
    records,
  }: {
    readonly image?: string;
    readonly channels?: Readonly<Record<string, string>>;
    readonly rows?: string;
    readonly records?: TransformRecords;
  } = {},
) =>
  new StateMachine({
    name,
    region,
    account,
    bucketAccounts: [account],
    answerSeconds: 3600,
    input: ["folder"],
    states: (chain, { input, run }) => {
      const modelName = runName("scores", run);
      const channelOf = (prefix: string) => ({ s3Uri: `s3://${bucket}/${prefix}`, contentType: "text/csv" });
      return chain
        .task("Train", () =>
          trainingTask({
            jobName: runName("scores", run),
            image,
            roleArn: executionRole,
            ...machine,
            ...keys,
            outputUri: `s3://${bucket}/models`,
            hyperparameters,
            channels: Object.fromEntries(
              Object.entries(channels).map(([channel, prefix]) => [channel, channelOf(prefix)]),
            ),
          }),
        )
        .task("CreateModel", ({ Train }) =>
          modelTask({ modelName, image, roleArn: executionRole, modelDataUri: Train.artifact }),
        )
        .task("Score", () =>
          transformTask({
            jobName: runName("scores", run),
            modelName,
            roleArn: executionRole,
            ...machine,
            ...keys,
            inputUri: `s3://${bucket}/${rows}`,
            outputUri: text`s3://${bucket}/${input.folder}`,
            contentType: "text/csv",
            ...(records && { records }),
          }),
        )
        .succeed("Scored");
    },
    onFailure: (failed) =>
      failed.fail("Failed", ({ Failure }) => ({ error: "Scores.Failed", cause: Failure.Cause })),
  }).render();

test("a state machine trains, makes a model and scores with it, in jobs that no pipeline started", async () => {
  const settings = { objective: "binary:logistic", eval_metric: "auc", num_round: 3, min_child_weight: 0 };
  const told = await states.run("scoring", flow("scoring", settings), flowRole, { folder: "scores" });
  expect(told).toMatchObject({ status: "SUCCEEDED" });
  const [above, below] = (await sandbox.get("scores/rows.csv.out")).trim().split("\n").map(Number);
  expect(above).toBeGreaterThan(0.5);
  expect(below).toBeLessThan(0.5);
  const { TrainingJobSummaries = [] } = await sandbox.sagemaker.send(new ListTrainingJobsCommand({}));
  expect(TrainingJobSummaries).toMatchObject([
    {
      TrainingJobName: expect.stringMatching(/^scores-[0-9a-f-]{36}$/) as string,
      TrainingJobStatus: "Completed",
    },
  ]);
});

test("a container of one's own trains and scores with its own programs, in the words of which a job fails", async () => {
  const rows = ["setosa,5.1,3.5,1.4,0.2", "versicolor,5.7,2.8,4.1,1.3", "virginica,6.9,3.1,5.4,2.1"];
  await sandbox.put("iris/rows.csv", `${rows.join("\n")}\n`);
  await sandbox.put("flowers/first.csv", "5.0,3.4,1.5,0.2\n6.7,3.0,5.2,2.3\n");
  const own = {
    image: `${account}.dkr.ecr.${region}.amazonaws.com/${imageRepositoryName("mlops", "iris")}@sha256:${"0".repeat(64)}`,
    channels: { training: "iris/" },
    rows: "flowers/",
    records: { joinsInput: true, outputFilter: "$[0,4]" },
  };
  const told = await states.run("own", flow("own", { regularization: 10 }, own), flowRole, { folder: "own" });
  expect(told).toMatchObject({ status: "SUCCEEDED" });
  expect(await sandbox.get("own/first.csv.out")).toBe("5.0,setosa\n6.7,virginica\n");

  const failed = await states.run("unused", flow("unused", { depth: 3 }, own), flowRole, { folder: "x" });
  expect(JSON.parse(failed.cause ?? "")).toMatchObject({
    FailureReason:
      "ClientError: hyperparameter depth must be one of regularization, max_iterations, exit code: 1",
  });
  await sandbox.put("torn/first.csv", "1,2\n");
  const torn = flow("torn", { regularization: 10 }, { ...own, rows: "torn/" });
  const { cause } = await states.run("torn", torn, flowRole, { folder: "torn" });
  expect(JSON.parse(cause ?? "")).toMatchObject({
    FailureReason: expect.stringContaining("body:1: a row must have 4 measures, got: 2") as string,
  });
});

test("a job that fails ends the state machine with the container's own words", async () => {
  const told = await states.run("failing", flow("failing", { objective: "none" }), flowRole, { folder: "x" });
  expect(told).toMatchObject({ status: "FAILED", error: "Scores.Failed" });
  expect(JSON.parse(told.cause ?? "")).toMatchObject({
    TrainingJobStatus: "Failed",
    FailureReason: expect.stringMatching(
      /^ClientError: hyperparameters: objective must be one of .*, got: 'none'/,
    ) as string,
  });
});

test("a state machine without its input says so, and makes nothing", async () => {
  expect(await states.run("bare", flow("bare", {}), flowRole, { file: 3 })).toMatchObject({
    status: "FAILED",
    error: "Workflow.InvalidInput",
    cause: "input must have, each a text: folder",
  });
});

test("a job that somebody stops is stopped, and leaves no process", async () => {
  const sleep = `sleep 86400.${process.pid}7`;
  const { Arguments } = shellStep("Long", sleep);
  const ProcessingJobName = "long";
  await sandbox.sagemaker.send(
    new CreateProcessingJobCommand({
      ...(Arguments as unknown as CreateProcessingJobRequest),
      ProcessingOutputConfig: undefined,
      ProcessingJobName,
    }),
  );
  const group = await untilRunning(sleep);
  await sandbox.sagemaker.send(new StopProcessingJobCommand({ ProcessingJobName }));
  const stopped = await until("the job is stopped", async () => {
    const job = await sandbox.sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
    return job.ProcessingJobStatus === "Stopped" ? job : undefined;
  });
  expect(stopped.FailureReason).toBeUndefined();
  await untilEnded(group);
});
