import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../tools/paths";
import { runMain, type MainRun } from "./run-main";

/**
 * Synthesises every stack of this repository into a folder of its own; what is in it goes.
 * @returns the folder each stack's files are in, by stack id
 * @throws Error in the program's own words
 */
export async function synthesise(run: Omit<MainRun, "directory">): Promise<(stack: string) => string> {
  const { output, signal } = run;
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const complaint = await runMain({ ...run, directory: repository });
  signal?.throwIfAborted();
  if (complaint !== undefined) throw new Error(`The stacks cannot be synthesised: ${complaint}`);
  return (stack) => join(output, "stacks", stack);
}
