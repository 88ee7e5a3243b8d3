import { realpathSync } from "node:fs";
import { relative } from "node:path";
import { ask, git } from "./run";

/** A name that git knows no commit for. */
export class UnknownCommitError extends Error {
  constructor(reference: string, reason: string) {
    super(`There is no commit "${reference}" here; if it is on a remote, fetch it first. ${reason}`.trim());
    this.name = "UnknownCommitError";
  }
}

/**
 * The commit that a change starts from: where the history of a branch, tag or id and that of the checkout part. What has
 * come to the branch since is not the change's.
 * @returns its full id
 * @throws UnknownCommitError where there is none, as in a shallow clone
 */
export async function mergeBase(repository: string, reference: string): Promise<string> {
  const commit = await resolveCommit(repository, reference);
  const { exitCode, stdout } = await git(repository, ["merge-base", commit, "HEAD"]);
  if (exitCode === 0) return stdout.trim();
  throw new UnknownCommitError(
    reference,
    "It and the checkout have no common ancestor here: in a shallow clone, git fetch --unshallow brings it.",
  );
}

/** Whether a commit is in another one's history, and not that one itself; no where git does not know either. */
export async function isBefore(repository: string, commit: string, other: string): Promise<boolean> {
  if (commit === other) return false;
  const { exitCode } = await git(repository, [
    "merge-base",
    "--is-ancestor",
    "--end-of-options",
    commit,
    other,
  ]);
  return exitCode === 0;
}

async function resolveCommit(repository: string, reference: string): Promise<string> {
  const names = ["--verify", "--quiet", "--end-of-options", `${reference}^{commit}`];
  const { exitCode, stdout, stderr } = await git(repository, ["rev-parse", ...names]);
  if (exitCode !== 0) throw new UnknownCommitError(reference, stderr.trim());
  return stdout.trim();
}

/** A file's text in a commit; undefined where the commit has none. @param path relative to the folder */
export async function fileAt(folder: string, commit: string, path: string): Promise<string | undefined> {
  const { exitCode, stdout } = await git(folder, ["cat-file", "blob", `${commit}:./${path}`]);
  return exitCode === 0 ? stdout : undefined;
}

/** Where a folder lies in its repository. */
export interface Location {
  /** The repository's top folder. */
  readonly top: string;
  /** The folder below it; empty at the top. */
  readonly below: string;
}

/** Where one folder lies below another, whichever links either is named through; `..` in front where it does not. */
export const pathBelow = (folder: string, other: string): string =>
  relative(realpathSync(folder), realpathSync(other));

/** @throws GitError */
export async function locate(folder: string): Promise<Location> {
  const [top = "", below = ""] = (await ask(folder, ["rev-parse", "--show-toplevel", "--show-prefix"])).split(
    "\n",
  );
  return { top, below: below.replace(/\/$/, "") };
}
