import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { execa } from "execa";

/** Git is there, and does not tell. */
export class GitError extends Error {
  constructor(folder: string, reason: string) {
    super(`Git cannot read the repository of ${folder}: ${reason.trim()}`);
    this.name = "GitError";
  }
}

/** Variables that would have git look elsewhere: hooks and scripts of git's own leave them behind. */
const elsewhere = [
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_COMMON_DIR",
  "GIT_OBJECT_DIRECTORY",
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_NAMESPACE",
  "GIT_PREFIX",
];

/** Hooks and prompts have no say in what is only looked at. */
export function git(folder: string, args: readonly string[]) {
  return execa("git", ["-C", folder, "-c", "core.hooksPath=/dev/null", ...args], {
    stdin: "ignore",
    // In a group of its own: Ctrl-C is for this process to answer.
    detached: true,
    env: { ...Object.fromEntries(elsewhere.map((name) => [name, undefined])), GIT_TERMINAL_PROMPT: "0" },
    reject: false,
    stripFinalNewline: false,
  });
}

/** What git answers. @throws GitError where it does not */
export async function ask(folder: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr, shortMessage } = await git(folder, args);
  if (exitCode !== 0) throw new GitError(folder, stderr || (shortMessage ?? ""));
  return stdout;
}

/** Whether a folder lies in a repository, whatever git itself thinks of that. */
export const isInRepository = (folder: string): boolean =>
  existsSync(join(folder, ".git")) || (dirname(folder) !== folder && isInRepository(dirname(folder)));
