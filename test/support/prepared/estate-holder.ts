import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startLocalAws } from "../../../emulator/local-aws";
import { exitWith } from "../../../tools/exit";
import { useLocalAws } from "../../../tools/local-aws/environment";
import { applyTestEstate } from "../applied-estate";
import { tools } from "../tools";
import { callerAccount } from "./local-aws";

/** Applies the tests' estate, says in one line of JSON where, and holds it until standard input closes. */
exitWith(async () => {
  const folder = mkdtempSync(join(tmpdir(), "estate-"));
  const logFile = join(folder, "local-aws.log");
  const localAws = await startLocalAws({ python: tools().python, callerAccount, logFile });
  const closed = once(process.stdin.resume(), "end");
  try {
    useLocalAws(localAws.environment);
    await applyTestEstate(folder);
    console.log(JSON.stringify({ endpoint: localAws.endpoint, secret: localAws.secret, folder }));
    await closed;
    return 0;
  } finally {
    await localAws.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
