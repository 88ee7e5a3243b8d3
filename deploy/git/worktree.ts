import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ask, git, GitError } from "./run";

/**
 * Checks a commit out into a folder of its own, with its submodules, has work done there and removes all of it. Nothing
 * is fetched: submodules come from the checkout.
 * @param folder does not exist; its base name is what git calls the worktree, so it has to be unlike any other's
 * @throws GitError where the commit, or a submodule's, is not here
 */
export async function inWorktree(
  repository: string,
  commit: string,
  folder: string,
  work: () => Promise<void>,
): Promise<void> {
  await git(repository, ["worktree", "prune"]);
  try {
    await ask(repository, ["worktree", "add", "--quiet", "--detach", "--force", folder, commit]);
    const submodules = await submodulesIn(repository, commit);
    await submodules.reduceRight<() => Promise<void>>(
      (inner, submodule) => () => inSubmodule(repository, submodule, folder, inner),
      work,
    )();
  } finally {
    // `git worktree remove` refuses one that has submodules.
    rmSync(folder, { recursive: true, force: true });
    await git(repository, ["worktree", "prune"]);
  }
}

/** A submodule of a commit. */
interface Submodule {
  readonly path: string;
  readonly commit: string;
}

async function submodulesIn(repository: string, commit: string): Promise<Submodule[]> {
  const entries = await ask(repository, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  return entries.split("\0").flatMap((entry) => {
    const [, its = "", path = ""] = /^160000 commit (\S+)\t(.*)$/s.exec(entry) ?? [];
    return path === "" ? [] : [{ path, commit: its }];
  });
}

async function inSubmodule(
  repository: string,
  { path, commit }: Submodule,
  folder: string,
  work: () => Promise<void>,
): Promise<void> {
  const checkout = join(repository, path);
  if (!existsSync(join(checkout, ".git")))
    throw new GitError(checkout, "it is a submodule, and not checked out (git submodule update --init)");
  await inWorktree(checkout, commit, join(folder, path), work);
}
