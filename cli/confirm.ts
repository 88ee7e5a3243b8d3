import { createInterface } from "node:readline/promises";
import type { Context } from "./context";
import { UsageError } from "./errors";

interface Confirmation {
  /** What has to be typed. */
  readonly name: string;
  /** What was given on the command line. */
  readonly given: string | undefined;
  /** Why it is asked. @default that it cannot be undone */
  readonly why?: string;
  readonly signal: AbortSignal;
}

/** Has the user type a name before something that cannot be undone. @throws UsageError for any other answer */
export async function confirmName(
  { err }: Context,
  { name, given, signal, why = "This cannot be undone." }: Confirmation,
): Promise<void> {
  const answer = given ?? (await ask(err.stream, `${why} Type ${name} to go on: `, signal));
  if (answer === undefined)
    throw new UsageError(`There is no terminal to ask on: confirm with --yes ${name}`);
  if (answer !== name) throw new UsageError(`Not confirmed: ${JSON.stringify(answer)} is not ${name}`);
}

async function ask(
  output: NodeJS.WritableStream,
  question: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const lines = createInterface({ input: process.stdin, output });
  try {
    return (await lines.question(question, { signal })).trim();
  } finally {
    lines.close();
  }
}
