import {
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  ListPipelineExecutionsCommand,
  paginateListPipelineExecutionSteps,
  paginateListPipelineParametersForExecution,
  StartPipelineExecutionCommand,
  type PipelineExecutionStep,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { waitFor } from "./wait";

const finals = new Set(["Succeeded", "Failed", "Stopped"]);

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

/** @returns the execution's ARN */
export async function start(
  sagemaker: SageMakerClient,
  pipeline: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<string> {
  const PipelineParameters = Object.entries(parameters).map(([Name, Value]) => ({ Name, Value }));
  const { PipelineExecutionArn = "" } = await sagemaker.send(
    new StartPipelineExecutionCommand({ PipelineName: pipeline, PipelineParameters }),
  );
  return PipelineExecutionArn;
}

/** ARNs of a pipeline's executions, newest first. */
export async function executionsOf(sagemaker: SageMakerClient, pipeline: string): Promise<string[]> {
  const { PipelineExecutionSummaries = [] } = await sagemaker.send(
    new ListPipelineExecutionsCommand({ PipelineName: pipeline, SortOrder: "Descending" }),
  );
  return PipelineExecutionSummaries.flatMap(({ PipelineExecutionArn }) => PipelineExecutionArn ?? []);
}

export interface Follow {
  /** Gets each step as its status changes. */
  readonly onStep: (step: PipelineExecutionStep) => void;
  readonly seconds: number;
  readonly signal: AbortSignal;
}

/** Follows an execution to its end. */
export async function follow(
  sagemaker: SageMakerClient,
  arn: string,
  options: Follow,
): Promise<EndedExecution> {
  const seen = new Map<string, string>();
  const look = async () => {
    const execution = await sagemaker.send(
      new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }),
    );
    const steps = await stepsOf(sagemaker, arn);
    for (const step of steps) {
      const { StepName = "", StepStatus = "" } = step;
      if (seen.get(StepName) !== StepStatus) options.onStep(step);
      seen.set(StepName, StepStatus);
    }
    return finals.has(execution.PipelineExecutionStatus ?? "") ? { execution, steps } : undefined;
  };
  const { execution, steps } = await waitFor(`The end of ${arn}`, look, options);
  const { CreationTime, LastModifiedTime, FailureReason, PipelineExecutionStatus = "" } = execution;
  return {
    arn,
    status: PipelineExecutionStatus,
    failureReason: FailureReason,
    seconds: ((LastModifiedTime?.getTime() ?? 0) - (CreationTime?.getTime() ?? 0)) / 1000,
    parameters: await parametersOf(sagemaker, arn),
    steps,
    definition: await definitionOf(sagemaker, arn),
  };
}

async function stepsOf(sagemaker: SageMakerClient, arn: string): Promise<PipelineExecutionStep[]> {
  const steps: PipelineExecutionStep[] = [];
  const request = { PipelineExecutionArn: arn, SortOrder: "Ascending" as const };
  for await (const page of paginateListPipelineExecutionSteps({ client: sagemaker }, request))
    steps.push(...(page.PipelineExecutionSteps ?? []));
  return steps;
}

async function parametersOf(sagemaker: SageMakerClient, arn: string): Promise<Record<string, string>> {
  const parameters: Record<string, string> = {};
  const pages = paginateListPipelineParametersForExecution(
    { client: sagemaker },
    { PipelineExecutionArn: arn },
  );
  for await (const { PipelineParameters = [] } of pages)
    for (const { Name = "", Value = "" } of PipelineParameters) parameters[Name] = Value;
  return parameters;
}

async function definitionOf(sagemaker: SageMakerClient, arn: string): Promise<string> {
  const { PipelineDefinition = "" } = await sagemaker.send(
    new DescribePipelineDefinitionForExecutionCommand({ PipelineExecutionArn: arn }),
  );
  return PipelineDefinition;
}
