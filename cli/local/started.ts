import { setTimeout as sleep } from "node:timers/promises";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { listExecutions } from "../../operate/executions";

/** What a target of a rule has started. */
export interface Started {
  /** ARN. */
  readonly target: string;
  /** Whether it is a pipeline. */
  readonly pipeline: boolean;
  /** ARNs, newest first. */
  readonly executions: readonly string[];
}

const pauseMilliseconds = 100;

/** Local AWS tries once before it answers; a target that failed is tried again within this time, if at all. */
const patienceMilliseconds = 3_000;

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
    const deadline = Date.now() + patienceMilliseconds;
    for (;;) {
      const started = await look();
      const done = started.every(({ pipeline, executions }) => !pipeline || executions.length > 0);
      if (done || Date.now() > deadline) return started;
      await sleep(pauseMilliseconds);
    }
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
