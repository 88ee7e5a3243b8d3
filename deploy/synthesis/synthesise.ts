import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../../tools/paths";
import { typeErrorsOfModels } from "./check-models";
import { runMain, type MainRun } from "./run-main";

/**
 * Synthesises every stack of this repository into a folder of its own; what is in it goes.
 * @returns the folder each stack's files are in, by stack id
 * @throws Error in the program's own words, or saying where the types of a model do not fit
 */
export async function synthesise(run: Omit<MainRun, "directory">): Promise<(stack: string) => string> {
  const { output, signal } = run;
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const [complaint, typeErrors] = await Promise.all([
    runMain({ ...run, directory: repository }),
    typeErrorsOfModels({ signal }),
  ]);
  signal?.throwIfAborted();
  if (typeErrors.length > 0) throw new Error(`The models' types do not fit:\n${typeErrors.join("\n")}`);
  if (complaint !== undefined) throw new Error(`The stacks cannot be synthesised: ${complaint}`);
  return (stack) => join(output, "stacks", stack);
}
