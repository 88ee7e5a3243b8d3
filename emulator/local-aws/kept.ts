import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { answers, findKept, forget, type KeptServer } from "../../tools/local-aws/kept";
import { localAwsFiles } from "../../tools/paths";
import type { Server } from "./server";

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

/**
 * Ends the local AWS that was kept, if one was. A process that has got its number since is left alone.
 * @returns whether there was one
 */
export async function stopKept(file: string = localAwsFiles.kept): Promise<boolean> {
  const kept = await findKept(file);
  forget(file);
  if (!kept) return false;
  process.kill(kept.pid, "SIGTERM");
  for (let waited = 0; waited < patienceMilliseconds && (await answers(kept)); waited += pollMilliseconds) {
    await sleep(pollMilliseconds);
  }
  return true;
}
