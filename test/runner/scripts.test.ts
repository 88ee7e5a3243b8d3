import { execFileSync } from "node:child_process";
import { DescribeTrainingJobCommand } from "@aws-sdk/client-sagemaker";
import { bucket, RunnerSandbox, type Ended } from "../support/runner-sandbox";
import { hyperparametersOf, images, putScript, scoreWithScript, trainScript } from "../support/script-steps";
import { tuneStep } from "../support/tuning-step";
import { trainingData } from "../support/xgboost-steps";

const sandbox = new RunnerSandbox();
let ended: Ended;

const own = (name: string) => hyperparametersOf("forest", "train.py", { "max-depth": 3, name });
const metric = { Name: "accuracy", Regex: "train-accuracy=(.*?);" };
const withMetric = {
  AlgorithmSpecification: {
    TrainingImage: images.forest,
    TrainingInputMode: "File",
    MetricDefinitions: [metric],
  },
};
const { HyperParameters: fixed, ...job } = trainScript(
  "",
  "forest",
  hyperparametersOf("forest", "train.py", { name: "tuned" }),
  withMetric,
).Arguments;
const tune = tuneStep();
const tuning = {
  ...tune,
  Arguments: {
    HyperParameterTuningJobConfig: {
      Strategy: "Random",
      ResourceLimits: { MaxNumberOfTrainingJobs: 2, MaxParallelTrainingJobs: 2 },
      HyperParameterTuningJobObjective: { Type: "Maximize", MetricName: "accuracy" },
      ParameterRanges: { IntegerParameterRanges: [{ Name: "max-depth", MinValue: "1", MaxValue: "2" }] },
    },
    TrainingJobDefinition: { ...job, StaticHyperParameters: fixed },
  },
};

/** As SDK 3 has a container run what is in its channels. */
const entry = trainScript(
  "Entry",
  "forest",
  { rows: '"40"' },
  {
    AlgorithmSpecification: {
      TrainingImage: images.forest,
      TrainingInputMode: "File",
      ContainerEntrypoint: ["/bin/bash"],
      ContainerArguments: ["-c", "wc -l < /opt/ml/input/data/train/rows.csv | tee /opt/ml/model/rows"],
    },
  },
);

beforeAll(async () => {
  await sandbox.start();
  await sandbox.put("training/rows.csv", trainingData(40));
  await sandbox.put("batch/rows.csv", "0,3\n9,3\n");
  await Promise.all([putScript(sandbox, "forest"), putScript(sandbox, "boosted")]);
  await sandbox.deploy("scripts", {
    Parameters: [{ Name: "Batch", Type: "String", DefaultValue: `s3://${bucket}/batch/` }],
    Steps: [
      trainScript("Forest", "forest", own("a name"), withMetric),
      ...scoreWithScript("Forest", "forest", "inference.py", "text/csv"),
      trainScript("Boosted", "boosted", hyperparametersOf("boosted", "boost.py", { "num-round": 3 })),
      ...scoreWithScript("Boosted", "boosted", "boost", "application/jsonlines"),
      tuning,
      entry,
    ],
  });
  ended = await sandbox.run("scripts");
});
afterAll(() => sandbox.stop());

const describeTraining = (step: string) => {
  const TrainingJobName = ended.steps[step]?.Metadata?.TrainingJob?.Arn?.split("/").at(-1);
  return sandbox.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
};

test("scripts train in the images of scikit-learn and XGBoost, and their models score with their modules", async () => {
  expect(Object.values(ended.steps).map(({ FailureReason }) => FailureReason)).toEqual(
    Object.keys(ended.steps).map(() => undefined),
  );
  expect(ended.status).toBe("Succeeded");
  expect(await sandbox.get("scores/Forest/rows.csv.out")).toBe("0.0\n1.0\n");
  expect((await sandbox.get("scores/Boosted/rows.csv.out")).trim().split("\n").map(scoreOf)).toEqual([
    expect.closeTo(0.2, 1),
    expect.closeTo(0.8, 1),
  ]);
});
const scoreOf = (line: string) => (JSON.parse(line) as { score: number }).score;

test("a script is called with the user's hyperparameters, its metrics are read, and what it puts out is kept", async () => {
  const log = sandbox.log(ended.arn, "Forest");
  expect(log).toContain("/python3 train.py --max-depth 3 --name 'a name'\n");
  expect(log).toContain("Requirement already satisfied: xgboost (");
  expect(log).toContain("on this machine its libraries are those of 1.4-2");
  const { FinalMetricDataList, ModelArtifacts } = await describeTraining("Forest");
  expect(FinalMetricDataList).toMatchObject([{ MetricName: "accuracy", Value: 1 }]);
  const output = (ModelArtifacts?.S3ModelArtifacts ?? "").replace("model.tar.gz", "output.tar.gz");
  const packed = await sandbox.getBytes(output.replace(`s3://${bucket}/`, ""));
  expect(JSON.parse(execFileSync("tar", ["-xzO", "told.json"], { input: packed }).toString())).toEqual({
    name: "a name",
    arguments: ["--max-depth", "3", "--name", "a name"],
    hosts: '["algo-1"]',
  });
});

test("a training job's own entry point is what its container runs", async () => {
  const { ModelArtifacts } = await describeTraining("Entry");
  const model = (ModelArtifacts?.S3ModelArtifacts ?? "").replace(`s3://${bucket}/`, "");
  const packed = await sandbox.getBytes(model);
  expect(execFileSync("tar", ["-xzO", "rows"], { input: packed }).toString().trim()).toBe("40");
});

test("scripts are tuned", () => {
  const log = sandbox.log(ended.arn, "Tune");
  expect(log.match(/accuracy 1/g)).toHaveLength(2);
});

test("a script that fails tells its exit code and command; code that is not there fails its job", async () => {
  const missing = { ...own("x"), sagemaker_submit_directory: `"s3://${bucket}/code/none.tar.gz"` };
  await sandbox.deploy("failing", {
    Steps: [
      trainScript("Fails", "forest", own("nobody")),
      trainScript("Missing", "forest", missing),
      trainScript("Isolated", "forest", own("x"), { EnableNetworkIsolation: true }),
    ],
  });
  const { steps } = await sandbox.run("failing");
  expect(steps.Fails?.FailureReason).toMatch(
    /^AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage ""\nCommand ".*python3 train.py --max-depth 3 --name nobody", exit code: 1$/,
  );
  expect(steps.Missing?.FailureReason).toMatch(/^NoSuchKey: /);
  expect(steps.Isolated?.FailureReason).toMatch(/^ClientError: the container brings its code from s3:/);
});
