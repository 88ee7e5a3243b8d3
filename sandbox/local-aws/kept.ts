import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cache } from "../paths";
import { answers, type Server } from "./server";

interface KeptServer {
  readonly pid: number;
  readonly endpoint: string;
}

/** Where the server that outlives its starter is written down. */
export const keptFile = join(cache, "local-aws/kept.json");

const pollMilliseconds = 50;
const patienceMilliseconds = 5_000;

/** Lets a server outlive this process, and writes down how to find it. */
export function keep({ process: child, pid, endpoint }: Server, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ pid, endpoint } satisfies KeptServer));
  child.stdin?.end("stay\n");
  child.stdout?.destroy();
  child.unref();
}

export function forget(file: string): void {
  rmSync(file, { force: true });
}

/**
 * Ends the local AWS that was kept, if one was. A process that has got its number since is left alone.
 * @returns whether there was one
 */
export async function stopKept(file: string = keptFile): Promise<boolean> {
  const kept = readKept(file);
  forget(file);
  if (!kept || !(await answers(kept))) return false;
  process.kill(kept.pid, "SIGTERM");
  for (let waited = 0; waited < patienceMilliseconds && (await answers(kept)); waited += pollMilliseconds) {
    await sleep(pollMilliseconds);
  }
  return true;
}

function readKept(file: string): KeptServer | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as KeptServer;
  } catch {
    return undefined;
  }
}
