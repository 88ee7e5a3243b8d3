import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { answers, findKept, forget, type KeptServer } from "../../tools/local-aws/kept";
import { localAwsFiles } from "../../tools/paths";
import { poll } from "../../tools/poll";
import type { Server } from "./server";

const patience = { everyMilliseconds: 50, withinMilliseconds: 5_000 };

/** Lets a server outlive this process, and writes down how to find it. */
export function keep({ process: child, pid, endpoint, secret }: Server, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ pid, endpoint, secret } satisfies KeptServer), { mode: 0o600 });
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
  await poll(async () => ((await answers(kept)) ? undefined : true), patience);
  return true;
}
