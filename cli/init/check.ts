import { basename, join } from "node:path";
import { ConfigurationError, type Problem } from "../../config/problems";
import type { Estate } from "../../config/schema";
import { fileProblem } from "../../config/source-file";
import type { Context } from "../context";
import type { Files } from "./files";
import { withStaging, type FileChange } from "./folder";

/** Every problem that `mlops validate` would have with a folder once it is changed, at its place there. */
export function problemsAfter(
  context: Context,
  directory: string,
  files: Files,
  changes: readonly FileChange[],
): readonly Problem[] {
  return withStaging(directory, files, changes, (staging) =>
    problemsOf(() => context.at(staging).estate).map((problem) => ({
      ...problem,
      file: shownIn(directory, problem.file),
    })),
  );
}

function problemsOf(load: () => Estate): readonly Problem[] {
  try {
    load();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

const shownIn = (directory: string, file: string): string =>
  fileProblem(join(directory, basename(file)), "").file;
