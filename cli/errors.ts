import { ConfigurationError } from "../config/problems";

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

export function exitCodeOf(error: unknown): number {
  const usage = error instanceof UsageError || error instanceof ConfigurationError;
  return usage ? exitCodes.usage : exitCodes.failed;
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
  },
});
