import { performance } from "node:perf_hooks";
import { execa } from "execa";
import { MemoryWatch, secondsOfChildren } from "./process-tree";

/** A program to run as a process of its own. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** Variables on top of this process's own; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Exit codes that are no failure. @default [0] */
  readonly accepted?: readonly number[];
}

/** What one run took, from start to exit. */
export interface Timing {
  readonly seconds: number;
  /** Of the whole process tree; undefined where the system does not tell. */
  readonly cpuSeconds: number | undefined;
}

export interface ProcessTiming extends Timing {
  readonly stdout: string;
  /** Most memory of the whole process tree at once, in bytes; 0 unless it was watched. */
  readonly peakBytes: number;
}

/** Times some work. Processor time counts only where nothing else of this program's is running. */
export async function timeOf<Result>(work: () => Promise<Result>): Promise<Timing & { result: Result }> {
  const cpu = secondsOfChildren();
  const started = performance.now();
  const result = await work();
  const seconds = (performance.now() - started) / 1000;
  const spent = secondsOfChildren();
  return { result, seconds, cpuSeconds: cpu === undefined || spent === undefined ? undefined : spent - cpu };
}

/** Runs a program. @throws Error with the end of what it said where it fails */
export async function run(command: Command, watchMemory = false): Promise<ProcessTiming> {
  const { result, ...timing } = await timeOf(() => execute(command, watchMemory));
  return { ...timing, ...result };
}

async function execute({ program, args, directory, environment, accepted = [0] }: Command, watched: boolean) {
  const child = execa(program, args, {
    cwd: directory,
    env: { ...withoutOurSettings, ...environment },
    stdin: "ignore",
    reject: false,
  });
  const watch = watched && child.pid !== undefined ? new MemoryWatch(child.pid) : undefined;
  const { exitCode, stdout, stderr, shortMessage } = await child;
  watch?.end();
  if (exitCode === undefined || !accepted.includes(exitCode))
    throw new Error(
      `${shortMessage ?? program} (exit code ${exitCode ?? "none"})\n${endOf(stderr + stdout)}`,
    );
  return { stdout, peakBytes: watch?.peak ?? 0 };
}

/** Settings of the user's that would change what is measured. */
const withoutOurSettings = {
  CDKTF_OUTDIR: undefined,
  GOGC: undefined,
  GOMAXPROCS: undefined,
  MLOPS_ENVIRONMENTS: undefined,
  MLOPS_ROLE: undefined,
  NODE_OPTIONS: undefined,
  TF_LOG: undefined,
};

const endCharacters = 2_000;
const endOf = (text: string): string => text.trim().slice(-endCharacters);
