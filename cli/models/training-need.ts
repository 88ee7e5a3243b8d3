import { isDeepStrictEqual } from "node:util";
import type { PipelineExecutionSummary, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { declaredParameters } from "../../operate/definition";
import { executionDefinition, listExecutions } from "../../operate/executions";
import { pipelineDefinition } from "../../operate/pipelines";

/** Whether a pipeline has something to train, and why it has or has not. */
export interface TrainingNeed {
  readonly is: "due" | "under way" | "done" | "a person's";
  readonly why: string;
  /** ARN of the execution that is under way or was the last to succeed with what is deployed. */
  readonly executionArn?: string | undefined;
}

/** Executions among which the last one that counts is looked for. */
const looked = 100;

/**
 * Compares what is deployed with what the newest execution was started with that has succeeded, or still may. A definition names its scripts
 * by their content: other code is another definition. Times would not do: an execution may have begun while the pipeline was being changed.
 */
export async function trainingNeed(sagemaker: SageMakerClient, pipeline: string): Promise<TrainingNeed> {
  const deployed = await pipelineDefinition(sagemaker, pipeline);
  const [open] = declaredParameters(deployed).filter(({ DefaultValue }) => DefaultValue === undefined);
  if (open) return { is: "a person's", why: `its parameter ${open.Name} has no default` };
  const executions = await listExecutions(sagemaker, pipeline, looked);
  const newest = executions.find(counts);
  if (newest === undefined)
    return {
      is: "due",
      why: executions.length === 0 ? "it has never run" : "none of its executions has succeeded",
    };
  const { PipelineExecutionArn: executionArn = "", PipelineExecutionStatus: status } = newest;
  if (!isSame(deployed, await executionDefinition(sagemaker, executionArn)))
    return { is: "due", why: "it was changed since" };
  return status === "Succeeded"
    ? { is: "done", why: "it has trained what is deployed", executionArn }
    : { is: "under way", why: "an execution of what is deployed is under way", executionArn };
}

const counts = ({ PipelineExecutionStatus: status }: PipelineExecutionSummary): boolean =>
  status === "Succeeded" || status === "Executing";

const isSame = (one: string, other: string): boolean => isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
