import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";

const root = join(__dirname, "../..");

export interface SynthesisOptions {
  /** Folder to synthesise into; what is in it goes. */
  readonly output: string;
  /** Folder of environment files. @default the shipped one */
  readonly environments?: string | undefined;
  /** Role to assume in every account. @default the one that applies each stack */
  readonly role?: string | undefined;
  /** Ends the run. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Synthesises every stack with the very program `cdktf synth` runs, into a folder of its own.
 * @returns the folder each stack's files are in, by stack id
 * @throws Error in the program's own words
 */
export async function synthesise({
  output,
  environments,
  role,
  signal,
}: SynthesisOptions): Promise<(stack: string) => string> {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const { exitCode, stderr } = await execa(process.execPath, ["--require", "ts-node/register", "main.ts"], {
    cwd: root,
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
  signal?.throwIfAborted();
  if (exitCode !== 0) throw new Error(`The stacks cannot be synthesised: ${stderr.trim()}`);
  return (stack) => join(output, "stacks", stack);
}
