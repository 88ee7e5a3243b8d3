import { randomBytes, randomInt } from "node:crypto";
import { appendFile, mkdir } from "node:fs/promises";
import {
  CreateHyperParameterTuningJobCommand,
  DescribeHyperParameterTuningJobCommand,
  ListTrainingJobsForHyperParameterTuningJobCommand,
  type CreateHyperParameterTuningJobRequest,
  type DescribeHyperParameterTuningJobResponse,
} from "@aws-sdk/client-sagemaker";
import { asFailure, isStop, StepFailure } from "../execution/failure";
import { Semaphore } from "../execution/semaphore";
import { trialsOf, type Tuned } from "../tuning/search";
import { runTrial, type TuningJob } from "../tuning/trial";
import { described } from "./described";
import type { StepContext, StepResult } from "./step";

type TuningRequest = Omit<CreateHyperParameterTuningJobRequest, "HyperParameterTuningJobName">;

/** So many of the best training jobs can be referred to. */
const mostReferred = 50;
const longestReason = 1024;
const largestSeed = 2 ** 32;

/**
 * Launches training jobs side by side, each with hyperparameters of its own, and finds the best by the objective that each
 * told last. How they are chosen, and what of that is not as on AWS, the step's log says.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-tuning
 */
export async function tuning(context: StepContext): Promise<StepResult> {
  context.signal.throwIfAborted();
  const request = context.arguments as unknown as TuningRequest;
  const seed = request.HyperParameterTuningJobConfig?.RandomSeed ?? randomInt(largestSeed);
  const trials = trialsOf(request.HyperParameterTuningJobConfig ?? missing(), seed);
  const job = await create(context, request);
  await context.showMetadata({ TuningJob: { Arn: job.arn } });
  await appendFile(context.logFile, beginning(request, trials.length, seed));
  await settle(context, job, () => runAll(context, job, trials));
  const { HyperParameterTuningJobConfig: config } = request;
  return {
    metadata: { TuningJob: { Arn: job.arn } },
    properties: described(request, {
      ...(await description(context, job)),
      TrainingJobSummaries: await ranking(context, job, config?.HyperParameterTuningJobObjective?.Type),
    }),
  };
}

const missing = (): never => {
  throw new StepFailure("ClientError: HyperParameterTuningJobConfig is missing");
};

async function create(context: StepContext, request: TuningRequest): Promise<TuningJob> {
  const { executionId, definition } = context;
  const step = definition.Name.slice(0, 7).replaceAll("_", "-");
  const name = `${executionId}-${step}-${randomBytes(5).toString("hex")}`;
  const { sagemaker } = await context.sessionOf();
  const { HyperParameterTuningJobArn: arn = "" } = await sagemaker.send(
    new CreateHyperParameterTuningJobCommand({ ...request, HyperParameterTuningJobName: name }),
  );
  const { TrainingJobDefinition: training = missing(), HyperParameterTuningJobConfig: config } = request;
  return { name, arn, training, objective: config?.HyperParameterTuningJobObjective?.MetricName ?? "" };
}

/** What of the search differs from AWS's, in words. */
function beginning(request: TuningRequest, count: number, seed: number): string {
  const { Strategy, ResourceLimits, TrainingJobEarlyStoppingType } =
    request.HyperParameterTuningJobConfig ?? missing();
  const chosen = Strategy === "Grid" ? "every combination" : `drawn at random with the seed ${seed}`;
  return [
    `${count} training jobs, ${ResourceLimits?.MaxParallelTrainingJobs ?? 1} at a time: ${chosen}`,
    ...(Strategy === "Bayesian"
      ? ["Note: the strategy is Bayesian; on this machine no training job is chosen by what others found"]
      : []),
    ...(TrainingJobEarlyStoppingType === "Auto"
      ? ["Note: on this machine no training job is stopped early"]
      : []),
    "",
  ].join("\n");
}

/** Tells SageMaker how the tuning job ended. @throws whatever it ended of */
async function settle(context: StepContext, { name }: TuningJob, work: () => Promise<void>): Promise<void> {
  const { account, region } = context.execution;
  const finish = (end: { status: "Completed" | "Failed" | "Stopped"; failureReason?: string }) =>
    context.tuning.finishTuning({ account, region, name, endTime: new Date().toISOString(), ...end });
  try {
    await work();
    await finish({ status: "Completed" });
  } catch (error) {
    const failureReason = asFailure(error).message.slice(0, longestReason);
    await finish(isStop(error, context.signal) ? { status: "Stopped" } : { status: "Failed", failureReason });
    throw error;
  }
}

/** A training job that fails ends no other. @throws StepFailure where none gives an objective */
async function runAll(context: StepContext, job: TuningJob, trials: readonly Tuned[]): Promise<void> {
  const { HyperParameterTuningJobConfig: config } = context.arguments as unknown as TuningRequest;
  const slots = new Semaphore(config?.ResourceLimits?.MaxParallelTrainingJobs ?? 1);
  await mkdir(context.scratch, { recursive: true });
  const objectives = await Promise.all(
    trials.map((tuned, index) =>
      slots.use(() => (context.signal.aborted ? "stopped" : runTrial(context, job, tuned, index + 1))),
    ),
  );
  context.signal.throwIfAborted();
  if (objectives.every((objective) => objective === "failed"))
    throw new StepFailure(
      "ClientError: All training jobs failed. Please take a look at the training jobs failures to get more details.",
    );
  if (!objectives.some((objective) => typeof objective === "number"))
    throw new StepFailure(
      `ClientError: No objective metrics found after running ${trials.length} training jobs. Please ensure that the custom algorithm is emitting the objective metric as defined by the regular expression provided.`,
    );
}

async function description(
  context: StepContext,
  { name }: TuningJob,
): Promise<DescribeHyperParameterTuningJobResponse> {
  const { sagemaker } = await context.sessionOf();
  return sagemaker.send(new DescribeHyperParameterTuningJobCommand({ HyperParameterTuningJobName: name }));
}

/** The best training job first. */
async function ranking(context: StepContext, { name }: TuningJob, type: "Maximize" | "Minimize" | undefined) {
  const { sagemaker } = await context.sessionOf();
  const { TrainingJobSummaries = [] } = await sagemaker.send(
    new ListTrainingJobsForHyperParameterTuningJobCommand({
      HyperParameterTuningJobName: name,
      SortBy: "FinalObjectiveMetricValue",
      SortOrder: type === "Maximize" ? "Descending" : "Ascending",
      MaxResults: mostReferred,
    }),
  );
  return TrainingJobSummaries;
}
