import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAwsOf } from "../../../demo/aws-of-estate";
import { exitWith } from "../../../tools/exit";
import { useLocalAws } from "../../../tools/local-aws/environment";
import { applyTestEstate, testEstate } from "../applied-estate";
import { tools } from "../tools";
import { endProvidersOf, keepProvidersIn } from "./providers";

/** Applies the tests' estate, says in one line of JSON where, and holds it until standard input closes. */
exitWith(async () => {
  const folder = mkdtempSync(join(tmpdir(), "estate-"));
  const logFile = join(folder, "local-aws.log");
  const ledger = join(folder, "needs.jsonl");
  const localAws = await startAwsOf(testEstate(), { python: tools().python, logFile, ledger });
  const closed = once(process.stdin.resume(), "end");
  try {
    useLocalAws(localAws.environment);
    keepProvidersIn(folder);
    await applyTestEstate(folder, localAws);
    console.log(JSON.stringify({ endpoint: localAws.endpoint, secret: localAws.secret, folder }));
    await closed;
    return 0;
  } finally {
    endProvidersOf(folder);
    await localAws.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
