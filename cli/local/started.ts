import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { listExecutions } from "../../operate/executions";
import { poll } from "../../tools/poll";

/** What a target of a rule has started. */
export interface Started {
  /** ARN. */
  readonly target: string;
  /** Whether it is a pipeline. */
  readonly pipeline: boolean;
  /** ARNs, newest first. */
  readonly executions: readonly string[];
}

/** Local AWS tries once before it answers; a target that failed is tried again within this time, if at all. */
const retries = { everyMilliseconds: 100, withinMilliseconds: 3_000 };

/**
 * Remembers which executions the pipelines among a rule's targets have.
 * @returns tells which they have got since, once each has one or has had its time
 */
export async function executionsBefore(
  sagemaker: SageMakerClient,
  targets: readonly string[],
): Promise<() => Promise<Started[]>> {
  const before = new Map(
    await Promise.all(
      targets.map(async (arn) => [arn, new Set(await executionsOf(sagemaker, arn))] as const),
    ),
  );
  const look = () =>
    Promise.all(
      targets.map(async (target) => {
        const executions = await executionsOf(sagemaker, target);
        const since = executions.filter((arn) => !before.get(target)?.has(arn));
        return { target, pipeline: pipelineIn(target) !== undefined, executions: since };
      }),
    );
  return async () => {
    let started: Started[] = [];
    await poll(async () => {
      started = await look();
      return started.every(({ pipeline, executions }) => !pipeline || executions.length > 0) || undefined;
    }, retries);
    return started;
  };
}

const pipelineIn = (arn: string): string | undefined =>
  /^arn:[^:]+:sagemaker:[^:]+:\d+:pipeline\/([^/]+)$/.exec(arn)?.[1];

async function executionsOf(sagemaker: SageMakerClient, target: string): Promise<string[]> {
  const pipeline = pipelineIn(target);
  if (pipeline === undefined) return [];
  const executions = await listExecutions(sagemaker, pipeline);
  return executions.flatMap(({ PipelineExecutionArn }) => PipelineExecutionArn ?? []);
}
