import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cache } from "../paths";
import { answers, type Server } from "./server";

/** A server that outlives its starter. */
export interface KeptServer {
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

/** The local AWS that was kept, if one was and it is still up. */
export async function findKept(file: string = keptFile): Promise<KeptServer | undefined> {
  const kept = readKept(file);
  return kept && (await answers(kept)) ? kept : undefined;
}

/**
 * Ends the local AWS that was kept, if one was. A process that has got its number since is left alone.
 * @returns whether there was one
 */
export async function stopKept(file: string = keptFile): Promise<boolean> {
  const kept = await findKept(file);
  forget(file);
  if (!kept) return false;
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
