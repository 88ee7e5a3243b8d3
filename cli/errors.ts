import { ConfigurationError } from "../config/problems";
import { UnknownCommitError } from "../deploy/affected";
import { Refusal } from "../deploy/estate/refusal";
import { SelectionError } from "../deploy/estate/select-stacks";
import { ApproverError } from "../deploy/plans/approval";
import { PlanFolderError } from "../deploy/plans/plan-folder";
import { NameClashError } from "../stacks/name-claims";
import { ModelError } from "../pipelines/model-error";

/** What the program's exit code says. */
export const exitCodes = {
  /** Nothing to do, or done. */
  done: 0,
  failed: 1,
  /** Bad configuration or usage. */
  usage: 2,
  /** Changes are pending. */
  pending: 3,
  interrupted: 130,
} as const;

/** A command that cannot mean anything; the message says what would. */
export class UsageError extends Error {}

/** The user's interrupt ended a command before it had anything to say. */
export class InterruptedError extends Error {}

const ofUsage = [
  UsageError,
  ConfigurationError,
  NameClashError,
  SelectionError,
  UnknownCommitError,
  PlanFolderError,
  ApproverError,
  ModelError,
];

export function exitCodeOf(error: unknown): number {
  if (error instanceof InterruptedError) return exitCodes.interrupted;
  return ofUsage.some((type) => error instanceof type) ? exitCodes.usage : exitCodes.failed;
}

/** An error's message; AWS's errors, which often say little, have their name in front. */
export function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.message === "")
    return error.errors.map(describeError).join("; ");
  return "$metadata" in error ? `${error.name}: ${error.message}` : error.message;
}

/** An error as `--json` has it. */
export const errorAsJson = (error: unknown): object => ({
  error: {
    message: describeError(error),
    ...(error instanceof ConfigurationError && { problems: error.problems }),
    ...(error instanceof Refusal && { reasons: error.reasons }),
  },
});
