import { execa } from "execa";

/** A name that git knows no commit for. */
export class UnknownCommitError extends Error {
  constructor(reference: string, reason: string) {
    super(`There is no commit "${reference}" here; if it is on a remote, fetch it first. ${reason}`.trim());
    this.name = "UnknownCommitError";
  }
}

/** Hooks and prompts have no say in what is only looked at. */
export function git(repository: string, args: readonly string[]) {
  return execa("git", ["-C", repository, "-c", "core.hooksPath=/dev/null", ...args], {
    stdin: "ignore",
    // In a group of its own: Ctrl-C is for this process to answer.
    detached: true,
    env: {
      GIT_TERMINAL_PROMPT: "0",
      GIT_DIR: undefined,
      GIT_WORK_TREE: undefined,
      GIT_INDEX_FILE: undefined,
    },
    reject: false,
    stripFinalNewline: false,
  });
}

/** The full id of the commit that a branch, tag or id means. @throws UnknownCommitError */
export async function resolveCommit(repository: string, reference: string): Promise<string> {
  const { exitCode, stdout, stderr } = await git(repository, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${reference}^{commit}`,
  ]);
  if (exitCode !== 0) throw new UnknownCommitError(reference, stderr.trim());
  return stdout.trim();
}

/** A file's text in a commit; undefined where the commit has none. */
export async function fileAt(repository: string, commit: string, path: string): Promise<string | undefined> {
  const { exitCode, stdout } = await git(repository, ["cat-file", "blob", `${commit}:${path}`]);
  return exitCode === 0 ? stdout : undefined;
}
