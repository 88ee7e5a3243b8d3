import type { PipelineExecutionStep, PipelineExecutionStepMetadata } from "@aws-sdk/client-sagemaker";
import type { DeclaredStep } from "../../operate/definition";
import { hasEnded, type Look, type Parameters } from "../../operate/executions";
import { secondsBetween } from "../format";

/** What stays the same about an execution while it runs. */
export interface ExecutionFacts {
  readonly executionArn: string;
  readonly pipeline: string;
  readonly environment: string;
  readonly account: string;
  readonly parameters: Parameters;
  readonly declared: readonly DeclaredStep[];
}

/** An execution as it is shown, and as `--json` has it. Durations are in seconds. */
export interface ExecutionView extends Omit<ExecutionFacts, "declared"> {
  readonly name: string | undefined;
  readonly status: string;
  readonly failureReason: string | undefined;
  readonly startedAt: Date | undefined;
  readonly endedAt: Date | undefined;
  readonly seconds: number | undefined;
  readonly steps: readonly StepView[];
}

export interface StepView {
  readonly name: string;
  readonly kind: string;
  /** SageMaker's, or `NotExecuted` for a step that has not begun. */
  readonly status: string;
  readonly failureReason?: string | undefined;
  readonly startedAt?: Date | undefined;
  readonly endedAt?: Date | undefined;
  readonly seconds?: number | undefined;
  readonly attempts?: number | undefined;
  /** ARN of the execution whose result it took. */
  readonly cachedFrom?: string | undefined;
  readonly metadata?: PipelineExecutionStepMetadata | undefined;
}

/** A display name that somebody gave; SageMaker itself gives `execution-<time>`. */
export const givenName = (name: string | undefined): string | undefined =>
  name === undefined || /^execution-\d+$/.test(name) ? undefined : name;

export const isOver = ({ status }: ExecutionView): boolean => hasEnded(status);

/** Every step of the definition, those that have not begun too, and what lasts is counted until now. */
export function viewOf(
  { declared, ...facts }: ExecutionFacts,
  { execution, steps }: Look,
  now: Date,
): ExecutionView {
  const { PipelineExecutionStatus: status = "", CreationTime: startedAt, LastModifiedTime } = execution;
  const endedAt = hasEnded(status) ? LastModifiedTime : undefined;
  const begun = new Map(steps.map((step) => [step.StepName, step]));
  return {
    ...facts,
    name: execution.PipelineExecutionDisplayName,
    status,
    failureReason: execution.FailureReason,
    startedAt,
    endedAt,
    seconds: secondsBetween(startedAt, endedAt ?? now),
    steps: declared.map(({ name, kind }) => ({ name, kind, ...progressOf(begun.get(name), now) })),
  };
}

function progressOf(step: PipelineExecutionStep | undefined, now: Date): Omit<StepView, "name" | "kind"> {
  if (!step) return { status: "NotExecuted" };
  const { StepStatus: status = "", StartTime: startedAt, EndTime: endedAt } = step;
  return {
    status,
    failureReason: step.FailureReason,
    startedAt,
    endedAt,
    seconds: secondsBetween(startedAt, endedAt ?? now),
    attempts: step.AttemptCount,
    cachedFrom: step.CacheHitResult?.SourcePipelineExecutionArn,
    metadata: step.Metadata,
  };
}
