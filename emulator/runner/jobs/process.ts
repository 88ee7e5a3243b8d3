import { spawn } from "node:child_process";
import { open } from "node:fs/promises";
import { join } from "node:path";

export interface ProcessRun {
  readonly command: readonly string[];
  readonly folder: string;
  /** All of it: nothing of this process's own is added. */
  readonly environment: Readonly<Record<string, string>>;
  /** File that standard output and error are added to. */
  readonly logFile: string;
  readonly maxRuntimeSeconds: number;
  /** Ends it, first politely. */
  readonly signal: AbortSignal;
}

export type ProcessEnd =
  | { readonly kind: "exited"; readonly code: number }
  | { readonly kind: "killed"; readonly signal: string }
  | { readonly kind: "timed out" | "stopped" };

const withParent = join(__dirname, "with-parent.sh");
const graceMilliseconds = 2_000;
const longestTimer = 2 ** 31 - 1;

/** Runs a command to its end. Whatever it started and left behind ends with it, and all of it with this process. */
export async function runProcess(run: ProcessRun): Promise<ProcessEnd> {
  run.signal.throwIfAborted();
  const log = await open(run.logFile, "a");
  try {
    return await untilExit(run, log.fd);
  } finally {
    await log.close();
  }
}

function untilExit(run: ProcessRun, log: number): Promise<ProcessEnd> {
  const { command, folder, environment, maxRuntimeSeconds, signal } = run;
  return new Promise((resolve, reject) => {
    const child = spawn("sh", [withParent, ...command], {
      cwd: folder,
      env: environment,
      stdio: ["ignore", log, log, "pipe"],
      detached: true, // leads a process group of its own
    });
    const limit = new AbortController();
    const timer = setTimeout(
      () => {
        limit.abort();
      },
      Math.min(maxRuntimeSeconds * 1000, longestTimer),
    );
    const release = endOnAbort(child.pid, AbortSignal.any([signal, limit.signal]));
    child.once("error", reject);
    child.once("exit", (code, killedBy) => {
      clearTimeout(timer);
      release();
      child.stdio[3]?.destroy();
      if (signal.aborted) resolve({ kind: "stopped" });
      else if (limit.signal.aborted) resolve({ kind: "timed out" });
      else if (code === null) resolve({ kind: "killed", signal: killedBy ?? "" });
      else resolve({ kind: "exited", code });
    });
  });
}

/** @returns to be called when the leader has ended: kills what is left of its group */
function endOnAbort(leader: number | undefined, signal: AbortSignal): () => void {
  const send = (name: NodeJS.Signals) => {
    try {
      if (leader !== undefined) process.kill(-leader, name);
    } catch {
      // nothing is left of it
    }
  };
  let force: NodeJS.Timeout | undefined;
  const end = () => {
    send("SIGTERM");
    force = setTimeout(send, graceMilliseconds, "SIGKILL");
  };
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  return () => {
    signal.removeEventListener("abort", end);
    clearTimeout(force);
    send("SIGKILL");
  };
}
