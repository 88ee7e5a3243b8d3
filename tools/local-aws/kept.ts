import { readFileSync, rmSync } from "node:fs";
import { localAwsFiles } from "../paths";
import type { LocalAwsAddress } from "./address";

/** A local AWS that outlives its starter. */
export interface KeptServer extends LocalAwsAddress {
  readonly pid: number;
}

/** The local AWS that was kept, if one was and it is still up. */
export async function findKept(file: string = localAwsFiles.kept): Promise<KeptServer | undefined> {
  const kept = readKept(file);
  return kept && (await answers(kept)) ? kept : undefined;
}

/** Whether the server at this address is the process that we think it is. */
export async function answers({ endpoint, pid }: Omit<KeptServer, "secret">): Promise<boolean> {
  try {
    const response = await fetch(`${endpoint}/moto-api/pid`);
    return response.ok && (await response.text()) === String(pid);
  } catch {
    return false;
  }
}

export function forget(file: string): void {
  rmSync(file, { force: true });
}

function readKept(file: string): KeptServer | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as KeptServer;
  } catch {
    return undefined;
  }
}
