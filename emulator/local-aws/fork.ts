import { askLocalAws, type LocalAwsAddress } from "../../tools/local-aws/address";
import { environmentFor } from "../../tools/local-aws/environment";
import type { LocalAws } from ".";

/**
 * Copies a local AWS with all its state, in some 50 ms, into a process of its own: from then on each goes its own way.
 * The copy ends with the one it is of, if not before. Its pipelines want a runner of their own.
 * @param address of the one to copy, which may be another process's
 * @param elsewhere where the copy finds what stands on the Internet, by origin, in addition to what it knows
 */
export async function forkLocalAws(
  address: LocalAwsAddress,
  elsewhere: Readonly<Record<string, string>> = {},
): Promise<LocalAws> {
  const response = await askLocalAws(address, "Fork", { elsewhere });
  if (!response.ok) throw new Error(`Local AWS did not fork: ${await response.text()}`);
  const { port, pid } = (await response.json()) as { readonly port: number; readonly pid: number };
  const own = { ...address, endpoint: `http://127.0.0.1:${port}` };
  let stopped = false;
  const stop = () => {
    if (!stopped) process.kill(pid, "SIGTERM");
    stopped = true;
    return Promise.resolve();
  };
  return { ...own, pid, environment: environmentFor(own), stop };
}
