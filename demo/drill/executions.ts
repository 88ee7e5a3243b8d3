import type { PipelineExecutionStep, SageMakerClient } from "@aws-sdk/client-sagemaker";
import {
  executionDefinition,
  executionParameters,
  listExecutions,
  waitForExecution,
} from "../../operate/executions";

/** An execution that has ended. */
export interface EndedExecution {
  readonly arn: string;
  readonly status: string;
  readonly failureReason: string | undefined;
  readonly seconds: number;
  readonly parameters: Readonly<Record<string, string>>;
  /** Oldest first. */
  readonly steps: readonly PipelineExecutionStep[];
  /** Text of the definition it was started with. */
  readonly definition: string;
}

/** Why an execution did not succeed: the first step that says so, else the execution. */
export const reasonOf = ({ steps, failureReason }: EndedExecution): string =>
  steps.flatMap(({ StepName, FailureReason }) =>
    FailureReason ? `${StepName ?? ""}: ${FailureReason}` : [],
  )[0] ??
  failureReason ??
  "no reason given";

/** ARNs of a pipeline's executions, newest first. */
export async function executionsOf(sagemaker: SageMakerClient, pipeline: string): Promise<string[]> {
  const executions = await listExecutions(sagemaker, pipeline);
  return executions.flatMap(({ PipelineExecutionArn }) => PipelineExecutionArn ?? []);
}

export interface Follow {
  /** Gets each step as its status changes. */
  readonly onStep: (step: PipelineExecutionStep) => void;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

const pollMilliseconds = 200;

/**
 * Follows an execution to its end.
 * @throws Error when it has not ended within its time
 */
export async function follow(
  sagemaker: SageMakerClient,
  arn: string,
  { onStep, seconds, signal }: Follow,
): Promise<EndedExecution> {
  const seen = new Map<string, string>();
  const { execution, steps } = await waitForExecution(sagemaker, arn, {
    pollMilliseconds,
    signal: AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]),
    onLook: (look) => {
      for (const step of look.steps) {
        const { StepName = "", StepStatus = "" } = step;
        if (seen.get(StepName) !== StepStatus) onStep(step);
        seen.set(StepName, StepStatus);
      }
    },
  });
  const { CreationTime, LastModifiedTime, FailureReason, PipelineExecutionStatus = "" } = execution;
  return {
    arn,
    status: PipelineExecutionStatus,
    failureReason: FailureReason,
    seconds: ((LastModifiedTime?.getTime() ?? 0) - (CreationTime?.getTime() ?? 0)) / 1000,
    parameters: await executionParameters(sagemaker, arn),
    steps,
    definition: await executionDefinition(sagemaker, arn),
  };
}
