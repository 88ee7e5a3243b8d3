import { randomBytes } from "node:crypto";
import { appendFile } from "node:fs/promises";
import type { HyperParameterTrainingJobDefinition } from "@aws-sdk/client-sagemaker";
import { asFailure, isStop, StepFailure } from "../execution/failure";
import { withJob } from "../jobs/job";
import { train, type TrainingRequest } from "../jobs/training-job";
import type { StepContext } from "../steps/step";
import type { Tuned } from "./search";

/** A tuning job under way. */
export interface TuningJob {
  readonly name: string;
  readonly arn: string;
  readonly training: HyperParameterTrainingJobDefinition;
  /** The name of the metric. */
  readonly objective: string;
}

/**
 * Launches one training job, with a log of its own beside the step's, which gets a line of it.
 * @param number from 1
 * @returns its objective; "none" where it told none
 */
export async function runTrial(
  context: StepContext,
  job: TuningJob,
  tuned: Tuned,
  number: number,
): Promise<number | "none" | "failed" | "stopped"> {
  const digits = String(number).padStart(3, "0");
  const name = `${job.name}-${digits}-${randomBytes(4).toString("hex")}`;
  const logFile = context.logFile.replace(/\.log$/, `.${digits}.log`);
  const own = { ...context, logFile, showMetadata: () => Promise.resolve() };
  const say = (what: string) =>
    appendFile(context.logFile, `${name} ${JSON.stringify(tuned)}: ${what}, see ${digits}.log\n`);
  try {
    const { metrics } = await withJob(own, jobOf(own, job, name, tuned), (each) =>
      train(own, trialRequest(job, tuned), each),
    );
    const objective = metrics[job.objective];
    await say(`${job.objective} ${objective ?? "was not told"}`);
    return objective ?? "none";
  } catch (error) {
    if (isStop(error, context.signal)) return "stopped";
    if (!(error instanceof StepFailure)) throw error;
    await say(asFailure(error).message);
    return "failed";
  }
}

const jobOf = (context: StepContext, job: TuningJob, name: string, tuned: Tuned) =>
  ({
    kind: "training",
    name,
    metadata: () => ({}),
    create: async (TrainingJobName: string) => {
      const { account, region } = context.execution;
      await appendFile(context.logFile, "");
      const request = { ...trialRequest(job, tuned), TrainingJobName };
      return context.tuning.startTrial({ account, region, tuningJob: job.name, request, tuned });
    },
  }) as const;

/**
 * As SageMaker makes it of the tuning job's: what is tuned beside what is not, and the name of the objective, which its
 * containers know as `_tuning_objective_metric`.
 * https://github.com/aws/sagemaker-training-toolkit/blob/master/src/sagemaker_training/params.py
 */
function trialRequest({ training, objective }: TuningJob, tuned: Tuned): TrainingRequest {
  const {
    StaticHyperParameters,
    HyperParameterTuningResourceConfig,
    ResourceConfig = HyperParameterTuningResourceConfig,
    AlgorithmSpecification,
    ...same
  } = training;
  return {
    ...same,
    ResourceConfig,
    AlgorithmSpecification: AlgorithmSpecification && { ...AlgorithmSpecification },
    HyperParameters: { ...StaticHyperParameters, ...tuned, _tuning_objective_metric: objective },
  };
}
