import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadEstate } from "../../../config/load";
import { ConfigurationError, type Problem } from "../../../config/problems";
import { models } from "../../../pipelines";
import { knownOf } from "../../../stacks/known";
import type { Estate } from "../../../config/schema";
import { estateFolder } from "../../support/environments";
import { temporaryFolder } from "../../support/temporary-folder";

export const known = knownOf(models);

export const load = (directory: string): Estate => loadEstate(directory, known);

/** Problems of a folder; none if it is valid. */
export function problemsIn(directory: string): readonly Problem[] {
  try {
    load(directory);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

/** Files by name, as text or as what JSON is made of. */
export type Files = Readonly<Record<string, unknown>>;

/** Runs something on a folder of files that is there only meanwhile. */
export function withFolder<Result>(files: Files, use: (directory: string) => Result, base?: string): Result {
  const directory = temporaryFolder();
  try {
    if (base !== undefined) cpSync(base, directory, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(directory, name), typeof content === "string" ? content : JSON.stringify(content));
    }
    return use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Problems of the tests' own estate with some replaced or added; `file` is the name alone. */
export const problemsWith = (files: Files): Problem[] =>
  withFolder(
    files,
    (directory) =>
      problemsIn(directory).map((problem) => ({
        ...problem,
        file: problem.file.replace(`${directory}/`, ""),
      })),
    estateFolder,
  );

/** What loading the tests' own estate with some replaced or added gives. */
export const loadWith = (files: Files): Estate => withFolder(files, load, estateFolder);
