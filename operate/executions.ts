import {
  DescribePipelineDefinitionForExecutionCommand,
  DescribePipelineExecutionCommand,
  paginateListPipelineExecutions,
  paginateListPipelineExecutionSteps,
  paginateListPipelineParametersForExecution,
  StartPipelineExecutionCommand,
  StopPipelineExecutionCommand,
  type DescribePipelineExecutionCommandOutput,
  type PipelineExecutionStep,
  type PipelineExecutionSummary,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { poll } from "../tools/poll";
import { collect } from "./pages";

/** Values of a pipeline's parameters by name. */
export type Parameters = Readonly<Record<string, string>>;

export interface ExecutionStart {
  readonly pipeline: string;
  /** @default the definition's own values */
  readonly parameters?: Parameters;
  /** Display name. @default SageMaker's */
  readonly name?: string | undefined;
}

/** @returns the execution's ARN */
export async function startExecution(
  sagemaker: SageMakerClient,
  { pipeline, parameters = {}, name }: ExecutionStart,
): Promise<string> {
  const { PipelineExecutionArn } = await sagemaker.send(
    new StartPipelineExecutionCommand({
      PipelineName: pipeline,
      PipelineExecutionDisplayName: name,
      PipelineParameters: Object.entries(parameters).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  if (!PipelineExecutionArn) throw new Error(`SageMaker gave no ARN for the execution of ${pipeline}`);
  return PipelineExecutionArn;
}

export const describeExecution = (
  sagemaker: SageMakerClient,
  arn: string,
): Promise<DescribePipelineExecutionCommandOutput> =>
  sagemaker.send(new DescribePipelineExecutionCommand({ PipelineExecutionArn: arn }));

/** Asks for an execution to be stopped; its steps under way are stopped first. */
export async function stopExecution(sagemaker: SageMakerClient, arn: string): Promise<void> {
  await sagemaker.send(new StopPipelineExecutionCommand({ PipelineExecutionArn: arn }));
}

/**
 * A pipeline's executions, newest first.
 * @param limit how many at most
 */
export const listExecutions = (
  sagemaker: SageMakerClient,
  pipeline: string,
  limit = Infinity,
): Promise<PipelineExecutionSummary[]> =>
  collect(
    paginateListPipelineExecutions(
      { client: sagemaker },
      {
        PipelineName: pipeline,
        SortBy: "CreationTime",
        SortOrder: "Descending",
        MaxResults: Math.min(limit, 100),
      },
    ),
    ({ PipelineExecutionSummaries }) => PipelineExecutionSummaries,
    limit,
  );

/** The steps that have begun, oldest first. */
export const listSteps = (sagemaker: SageMakerClient, arn: string): Promise<PipelineExecutionStep[]> =>
  collect(
    paginateListPipelineExecutionSteps(
      { client: sagemaker },
      { PipelineExecutionArn: arn, SortOrder: "Ascending" },
    ),
    ({ PipelineExecutionSteps }) => PipelineExecutionSteps,
  );

/** The parameters of an execution, as SageMaker lists them. */
export async function executionParameters(sagemaker: SageMakerClient, arn: string): Promise<Parameters> {
  const parameters = await collect(
    paginateListPipelineParametersForExecution({ client: sagemaker }, { PipelineExecutionArn: arn }),
    ({ PipelineParameters }) => PipelineParameters,
  );
  return Object.fromEntries(parameters.map(({ Name = "", Value = "" }) => [Name, Value]));
}

/** Text of the definition that an execution was started with. */
export async function executionDefinition(sagemaker: SageMakerClient, arn: string): Promise<string> {
  const { PipelineDefinition = "" } = await sagemaker.send(
    new DescribePipelineDefinitionForExecutionCommand({ PipelineExecutionArn: arn }),
  );
  return PipelineDefinition;
}

/** An execution as it was at one moment. */
export interface Look {
  readonly execution: DescribePipelineExecutionCommandOutput;
  /** Those that have begun, oldest first. */
  readonly steps: readonly PipelineExecutionStep[];
}

/** Whether an execution with this status changes no more. */
export const hasEnded = (status: string | undefined): boolean =>
  status === "Succeeded" || status === "Failed" || status === "Stopped";

/** The steps of an ended execution are all that there will be. */
export async function lookAtExecution(sagemaker: SageMakerClient, arn: string): Promise<Look> {
  const execution = await describeExecution(sagemaker, arn);
  return { execution, steps: await listSteps(sagemaker, arn) };
}

export interface Wait {
  /** Time between two looks. */
  readonly pollMilliseconds: number;
  /** Gets every look, the last one too. */
  readonly onLook?: (look: Look) => void | Promise<void>;
  /** Ends the waiting, not the execution. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for an execution's end.
 * @returns the last look at it
 * @throws the signal's reason once it aborts
 */
export async function waitForExecution(
  sagemaker: SageMakerClient,
  arn: string,
  { pollMilliseconds, onLook, signal }: Wait,
): Promise<Look> {
  return poll(
    async () => {
      const look = await lookAtExecution(sagemaker, arn);
      await onLook?.(look);
      return hasEnded(look.execution.PipelineExecutionStatus) ? look : undefined;
    },
    { everyMilliseconds: pollMilliseconds, signal },
  );
}
