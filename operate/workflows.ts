import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import {
  DescribeExecutionCommand,
  paginateListExecutions,
  StartExecutionCommand,
  StopExecutionCommand,
  type DescribeExecutionOutput,
  type SFNClient,
} from "@aws-sdk/client-sfn";
import type { WorkflowInput } from "../pipelines/model";
import { collect } from "./pages";

/** A run of a workflow. */
export interface Run {
  readonly executionArn: string;
  readonly name: string;
  /** `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT` or `ABORTED`. */
  readonly status: string;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
}

/** A run with what it was started with, and how it ended. */
export interface DescribedRun extends Run {
  /** Texts by key, as workflows want it, or whatever other JSON somebody has started it with. */
  readonly input: unknown;
  /** By which name it ended, where that is no good end. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

export const answers = ["approved", "rejected"] as const;

/** What became of a decision, as `lambdas/approval` says it. */
export interface Decision {
  readonly kind: "decided" | "answered" | "unknown" | "expired" | "gone" | "busy" | "failed" | "uncertain";
}

/** @returns its ARN */
export async function startRun(
  states: SFNClient,
  stateMachineArn: string,
  input: Readonly<Record<WorkflowInput, string>>,
  name?: string,
): Promise<string> {
  const { executionArn = "" } = await states.send(
    new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
  );
  return executionArn;
}

/** Newest first. */
export async function listRuns(states: SFNClient, stateMachineArn: string, limit: number): Promise<Run[]> {
  const pages = paginateListExecutions(
    { client: states },
    { stateMachineArn, maxResults: Math.min(limit, 1000) },
  );
  const found = await collect(pages, ({ executions }) => executions, limit);
  return found.map(runOf);
}

export async function describeRun(states: SFNClient, executionArn: string): Promise<DescribedRun> {
  const run = await states.send(new DescribeExecutionCommand({ executionArn }));
  return {
    ...runOf(run),
    input: JSON.parse(run.input ?? "{}") as unknown,
    error: run.error,
    cause: run.cause,
  };
}

export async function stopRun(states: SFNClient, executionArn: string, cause: string): Promise<void> {
  await states.send(new StopExecutionCommand({ executionArn, error: "Workflow.Stopped", cause }));
}

/** Answers the question that a run has asked last. @throws Error with what the function failed of */
export async function decideRun(
  lambda: LambdaClient,
  functionName: string,
  decision: { readonly execution: string; readonly answer: (typeof answers)[number]; readonly by: string },
): Promise<Decision> {
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName: functionName, Payload: JSON.stringify(decision) }),
  );
  const told = JSON.parse(Buffer.from(Payload ?? "{}").toString()) as Decision & {
    readonly errorMessage?: string;
  };
  if (FunctionError !== undefined) throw new Error(`${functionName}: ${told.errorMessage ?? FunctionError}`);
  return told;
}

const runOf = (
  run: Pick<DescribeExecutionOutput, "executionArn" | "name" | "status" | "startDate" | "stopDate">,
): Run => ({
  executionArn: run.executionArn ?? "",
  name: run.name ?? "",
  status: run.status ?? "",
  startedAt: run.startDate,
  endedAt: run.stopDate,
});
