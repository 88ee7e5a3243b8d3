import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Asks a process to end, kills it where it has not after a while, and waits until it is gone. May be called twice. */
export async function endProcess(child: ChildProcess, graceMilliseconds: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), graceMilliseconds);
  await gone;
  clearTimeout(force);
}
