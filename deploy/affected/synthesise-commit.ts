import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { basename, join } from "node:path";
import { runMain } from "../synthesis/run-main";
import { installOnce } from "../../tools/toolchain/install-once";
import { locate } from "../git/commits";
import { inWorktree } from "../git/worktree";

/** A commit, and what else its stacks depend on. */
export interface CommitSynthesis {
  /** The product's folder, anywhere in its repository. */
  readonly repository: string;
  /** Full id. */
  readonly commit: string;
  /** Folder of environment files, relative to the product's. */
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
 * @throws GitError where the commit, or that of a submodule, is not here
 */
export async function synthesiseCommit(synthesis: CommitSynthesis): Promise<string> {
  const { repository, commit, cache } = synthesis;
  const folder = join(cache, keyOf(synthesis));
  await installOnce(folder, async (temporary) => {
    const { top, below } = await locate(repository);
    const worktree = join(temporary, basename(temporary));
    await inWorktree(top, commit, worktree, () =>
      synthesiseIn(synthesis, join(worktree, below), join(temporary, "output")),
    );
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

async function synthesiseIn(
  { repository, environments, role }: CommitSynthesis,
  directory: string,
  output: string,
): Promise<void> {
  if (!existsSync(directory)) throw new SynthesisError(`it has no folder ${basename(directory)}`);
  symlinkSync(join(repository, "node_modules"), join(directory, "node_modules"), "dir");
  lendRenderings(repository, directory);
  const folder = join(directory, environments);
  const complaint = await runMain({ directory, output, environments: folder, role });
  if (complaint !== undefined) throw new SynthesisError(complaint.replaceAll(`${directory}/`, ""));
}

/** Pipelines in Python that are rendered already, and what renders them: both are found by their content. */
function lendRenderings(repository: string, directory: string): void {
  const kept = join(repository, ".cache/sagemaker-sdk");
  if (!existsSync(kept)) return;
  mkdirSync(join(directory, ".cache"), { recursive: true });
  symlinkSync(kept, join(directory, ".cache/sagemaker-sdk"), "dir");
}

function prune(cache: string): void {
  const folders = readdirSync(cache).map((name) => join(cache, name));
  const times = new Map(
    folders.map((folder) => [folder, statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0]),
  );
  const byAge = folders.toSorted((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0));
  for (const folder of byAge.slice(kept)) rmSync(folder, { recursive: true, force: true });
}
