import { tableOf } from "../table";
import type { Files } from "./files";
import type { FileChange } from "./folder";
import type { NextStep } from "./next-steps";

const verbs = {
  create: "new",
  replace: "replaced",
  remove: "removed",
  keep: "stays as it is",
  unchanged: "says so already",
} as const;

/** A file, and what happens to it: `dev.json  replaced (was workload, account 210987654321)`. */
export function describeChanges(changes: readonly FileChange[]): string[] {
  return tableOf(
    changes.map(({ file, change, was }) => {
      const before = was === undefined ? "" : ` (${change === "keep" ? "" : "was "}${was})`;
      return [`  ${file}`, `${verbs[change]}${before}`];
    }),
  );
}

export const describeSteps = (steps: readonly NextStep[]): string[] =>
  tableOf(steps.map(({ command, purpose }) => [`  ${command}`, `# ${purpose}`]));

/** Files one below the other, each under its name. */
export const describeFiles = (files: Files): string[] =>
  [...files].flatMap(([file, text]) => [`${file}:`, text]);
