import { readFileSync } from "node:fs";
import { keptFile } from "../../sandbox/local-aws/kept";
import { answers } from "../../sandbox/local-aws/server";
import { useLocalAws } from "../../sandbox/start/environment";

/**
 * Points this process's AWS clients at the local AWS that was left up.
 * @param file where it is written down
 * @throws Error where none is up
 */
export async function useKeptLocalAws(file = keptFile): Promise<void> {
  const kept = readKept(file);
  if (!kept || !(await answers(kept)))
    throw new Error("No local AWS is up: npm start -- --keep leaves one up after its run");
  useLocalAws({
    AWS_ENDPOINT_URL: kept.endpoint,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_EC2_METADATA_DISABLED: "true",
  });
}

function readKept(file: string): { readonly pid: number; readonly endpoint: string } | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as { pid: number; endpoint: string };
  } catch {
    return undefined;
  }
}

/** Whether an address of AWS is one of this machine. */
export const pointsAtThisMachine = (endpoint: string | undefined): boolean =>
  endpoint !== undefined && /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/.test(endpoint);
