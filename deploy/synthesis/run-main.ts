import { execa } from "execa";
import { compileHook } from "../../tools/paths";

export interface MainRun {
  /** The repository, or a worktree of it. */
  readonly directory: string;
  /** Folder to synthesise into. */
  readonly output: string;
  /** Folder of environment files. @default the repository's */
  readonly environments?: string | undefined;
  /** Role to assume in every account. @default the one that applies each stack */
  readonly role?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The very program that `cdktf synth` runs. @returns what it complained of; undefined where it synthesised */
export async function runMain({
  directory,
  output,
  environments,
  role,
  signal,
}: MainRun): Promise<string | undefined> {
  const { exitCode, stderr } = await execa(process.execPath, ["--require", compileHook, "main.ts"], {
    cwd: directory,
    env: {
      CDKTF_OUTDIR: output,
      MLOPS_ROLE: role,
      ...(environments !== undefined && { MLOPS_ENVIRONMENTS: environments }),
    },
    stdin: "ignore",
    // In a group of its own: Ctrl-C is for this process to answer.
    detached: true,
    reject: false,
    ...(signal && { cancelSignal: signal }),
  });
  return exitCode === 0 ? undefined : stderr.trim();
}
