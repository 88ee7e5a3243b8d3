import { createHash } from "node:crypto";
import { readdirSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { basename, join } from "node:path";
import { runMain } from "../synthesis/run-main";
import { installOnce } from "../../tools/toolchain/install-once";
import { git } from "./git";

/** A commit, and what else its stacks depend on. */
export interface CommitSynthesis {
  readonly repository: string;
  /** Full id. */
  readonly commit: string;
  /** Folder of environment files, relative to the repository. */
  readonly environments: string;
  /** Role that the stacks assume instead of their own. */
  readonly role?: string | undefined;
  /** Folder that keeps syntheses by commit. */
  readonly cache: string;
}

/** Syntheses that are kept: a few days' pull requests. */
const kept = 20;

/** The stacks of a commit cannot be synthesised, in the program's own words. */
export class SynthesisError extends Error {}

/**
 * Synthesises a commit's stacks in a worktree of its own, with the packages installed now; once for each commit, folder
 * of environment files, role and set of packages.
 * @returns the output folder
 * @throws SynthesisError where the commit's configuration or code does not synthesise
 */
export async function synthesiseCommit(synthesis: CommitSynthesis): Promise<string> {
  const { repository, cache } = synthesis;
  const folder = join(cache, keyOf(synthesis));
  await installOnce(folder, async (temporary) => {
    await git(repository, ["worktree", "prune"]);
    // Its base name is what git calls the worktree, so it has to be unlike that of a run beside this one.
    const worktree = join(temporary, basename(temporary));
    try {
      await checkOut(synthesis, worktree);
      await synthesiseIn(synthesis, worktree, join(temporary, "output"));
    } finally {
      await git(repository, ["worktree", "remove", "--force", worktree]);
    }
  });
  utimesSync(folder, new Date(), new Date());
  prune(cache);
  return join(folder, "output");
}

function keyOf({ repository, commit, environments, role }: CommitSynthesis): string {
  const packages = statSync(join(repository, "node_modules/.package-lock.json"), { throwIfNoEntry: false });
  const others = [environments, role ?? "", packages?.mtimeMs ?? 0, process.version];
  const hash = createHash("sha256").update(JSON.stringify(others)).digest("hex").slice(0, 8);
  return `${commit}-${hash}`;
}

async function checkOut({ repository, commit }: CommitSynthesis, worktree: string): Promise<void> {
  const { exitCode, stderr } = await git(repository, [
    "worktree",
    "add",
    "--quiet",
    "--detach",
    worktree,
    commit,
  ]);
  if (exitCode !== 0) throw new Error(`git worktree add failed: ${stderr.trim()}`);
  symlinkSync(join(repository, "node_modules"), join(worktree, "node_modules"), "dir");
}

async function synthesiseIn(
  { environments, role }: CommitSynthesis,
  worktree: string,
  output: string,
): Promise<void> {
  const folder = join(worktree, environments);
  const complaint = await runMain({ directory: worktree, output, environments: folder, role });
  if (complaint !== undefined) throw new SynthesisError(complaint.replaceAll(`${worktree}/`, ""));
}

function prune(cache: string): void {
  const folders = readdirSync(cache).map((name) => join(cache, name));
  const times = new Map(
    folders.map((folder) => [folder, statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0]),
  );
  const byAge = folders.toSorted((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0));
  for (const folder of byAge.slice(kept)) rmSync(folder, { recursive: true, force: true });
}
