import {
  DescribeHyperParameterTuningJobCommand,
  DescribeTrainingJobCommand,
  ListTrainingJobsForHyperParameterTuningJobCommand,
} from "@aws-sdk/client-sagemaker";
import { bucket, RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";
import { tuneParameters, tuneStep } from "../support/tuning-step";
import { trainingData } from "../support/xgboost-steps";

const sandbox = new RunnerSandbox();
beforeAll(async () => {
  await sandbox.start();
  await sandbox.put("training/rows.csv", trainingData(40));
});
afterAll(() => sandbox.stop());

const get = (path: string) => ({ Get: `Steps.Tune.${path}` });
const join = (...Values: unknown[]) => ({ "Std:Join": { On: "/", Values } });
const bestModel = join(
  "s3:/",
  bucket,
  "tuned",
  get("TrainingJobSummaries[0].TrainingJobName"),
  "output/model.tar.gz",
);

const run = async (name: string, tune: object, ...others: readonly object[]) => {
  await sandbox.deploy(name, { Parameters: tuneParameters, Steps: [tune, ...others] });
  return sandbox.run(name);
};
const tuningOf = ({ steps }: Awaited<ReturnType<typeof run>>) => ({
  HyperParameterTuningJobName: steps.Tune?.Metadata?.TuningJob?.Arn?.split("/").at(-1),
});

test("training jobs run with hyperparameters of their own, and the best one's model is what others refer to", async () => {
  const use = shellStep("Use", `gzip -t /opt/ml/processing/in/model.tar.gz && echo "$BEST" && echo "$FIRST"`);
  const environment = { BEST: get("BestTrainingJob.TrainingJobName"), FIRST: bestModel };
  const input = {
    InputName: "model",
    S3Input: {
      S3Uri: bestModel,
      LocalPath: "/opt/ml/processing/in",
      S3DataType: "S3Prefix",
      S3InputMode: "File",
    },
  };
  const ended = await run("tuned", tuneStep(), {
    ...use,
    Arguments: { ...use.Arguments, Environment: environment, ProcessingInputs: [input] },
  });
  expect(ended.steps.Tune?.FailureReason).toBeUndefined();
  expect(ended.status).toBe("Succeeded");
  const name = tuningOf(ended);
  const tuning = await sandbox.sagemaker.send(new DescribeHyperParameterTuningJobCommand(name));
  expect(tuning).toMatchObject({
    HyperParameterTuningJobStatus: "Completed",
    TrainingJobStatusCounters: { Completed: 4, InProgress: 0, Stopped: 0, NonRetryableError: 0 },
    ObjectiveStatusCounters: { Succeeded: 4, Pending: 0, Failed: 0 },
  });
  const { TrainingJobSummaries: ranked = [] } = await sandbox.sagemaker.send(
    new ListTrainingJobsForHyperParameterTuningJobCommand({ ...name, SortBy: "FinalObjectiveMetricValue" }),
  );
  const values = ranked.map((each) => each.FinalHyperParameterTuningJobObjectiveMetric?.Value ?? NaN);
  expect(new Set(values).size).toBeGreaterThan(1);
  expect(values).toEqual(values.toSorted((one, other) => one - other));
  const [best] = ranked;
  expect(tuning.BestTrainingJob?.TrainingJobName).toBe(best?.TrainingJobName);
  expect(sandbox.log(ended.arn, "Use")).toBe(
    `${best?.TrainingJobName ?? ""}\ns3://${bucket}/tuned/${best?.TrainingJobName ?? ""}/output/model.tar.gz\n`,
  );
  const job = await sandbox.sagemaker.send(
    new DescribeTrainingJobCommand({ TrainingJobName: best?.TrainingJobName }),
  );
  expect(job).toMatchObject({
    TuningJobArn: ended.steps.Tune?.Metadata?.TuningJob?.Arn,
    TrainingJobStatus: "Completed",
    HyperParameters: { ...best?.TunedHyperParameters, _tuning_objective_metric: "validation:logloss" },
  });
  const told = job.FinalMetricDataList?.find(({ MetricName }) => MetricName === "validation:logloss");
  expect(told?.Value).toBeCloseTo(values[0] ?? NaN, 5);
  const number = best?.TrainingJobName?.split("-").at(-2) ?? "";
  const lines = sandbox.log(ended.arn, `Tune.${number}`).match(/validation-logloss:\S+/g) ?? [];
  expect(Number(lines.at(-1)?.split(":")[1])).toBeCloseTo(values[0] ?? NaN, 5);
});

test("no more training jobs run at a time than the limit lets, and one that fails ends no other", async () => {
  const ranges = { CategoricalParameterRanges: [{ Name: "max_depth", Values: ["1", "2", "many"] }] };
  const ended = await run(
    "grid",
    tuneStep({
      Strategy: "Grid",
      ParameterRanges: ranges,
      ResourceLimits: { MaxNumberOfTrainingJobs: 3, MaxParallelTrainingJobs: 1 },
    }),
  );
  expect(ended.status).toBe("Succeeded");
  const { TrainingJobSummaries: jobs = [] } = await sandbox.sagemaker.send(
    new ListTrainingJobsForHyperParameterTuningJobCommand({ ...tuningOf(ended), SortBy: "CreationTime" }),
  );
  expect(jobs.map((each) => [each.TunedHyperParameters?.max_depth, each.TrainingJobStatus])).toEqual([
    ["1", "Completed"],
    ["2", "Completed"],
    ["many", "Failed"],
  ]);
  expect(jobs[2]?.FailureReason).toMatch(/max_depth must be an integer.*got: 'many'/);
  const [first, second] = jobs;
  expect(second?.TrainingStartTime?.getTime()).toBeGreaterThanOrEqual(
    first?.TrainingEndTime?.getTime() ?? NaN,
  );
});

test("where all training jobs fail, the tuning job and its step do, and say so", async () => {
  const ended = await run("hopeless", tuneStep({}, { num_round: "some" }));
  expect(ended.status).toBe("Failed");
  expect(ended.steps.Tune?.FailureReason).toMatch(/^ClientError: All training jobs failed\./);
  const tuning = await sandbox.sagemaker.send(new DescribeHyperParameterTuningJobCommand(tuningOf(ended)));
  expect(tuning).toMatchObject({
    HyperParameterTuningJobStatus: "Failed",
    TrainingJobStatusCounters: { NonRetryableError: 4 },
  });
  expect(tuning.BestTrainingJob).toBeUndefined();
});

test("what of tuning the runner has not is refused by name before anything starts", async () => {
  const completion = { TargetObjectiveMetricValue: 0.5 };
  await sandbox.deploy("refused", {
    Parameters: tuneParameters,
    Steps: [tuneStep({ Strategy: "Hyperband", TuningJobCompletionCriteria: completion })],
  });
  await expect(sandbox.begin("refused")).rejects.toThrow(
    /step Tune: HyperParameterTuningJobConfig\.Strategy must be Random or Bayesian or Grid for the runner, got: "Hyperband"; step Tune: .*TuningJobCompletionCriteria must not be given/,
  );
});
