import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalAws, type LocalAws } from "../../../emulator/local-aws";
import { tools } from "../tools";
import { loadServices } from "./loaded-services";
import { endProvidersOf, keepProvidersIn } from "./providers";

/** Account that callers stand in who assume no role. */
export const callerAccount = "444444444444";

let folder: string;
let localAws: LocalAws | undefined;

/** Starts an empty local AWS once for a run of Jest; each test file works in a fork of it. */
export default async function start(): Promise<void> {
  folder = mkdtempSync(join(tmpdir(), "local-aws-"));
  localAws = await startLocalAws({ python: tools().python, callerAccount, logFile: join(folder, "log") });
  const { endpoint, secret } = localAws;
  await loadServices(localAws);
  keepProvidersIn(folder);
  process.env.MLOPS_TEST_LOCAL_AWS = JSON.stringify({ endpoint, secret });
}

export async function stop(): Promise<void> {
  endProvidersOf(folder);
  await localAws?.stop();
  rmSync(folder, { recursive: true, force: true });
}
