import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { exitWith } from "../exit";
import { cache } from "../paths";
import { setUpTools } from "../setup/tools";
import { runTier, tierNames, type Counts, type TierName } from "./tiers";

const usage = `Usage: npm test [-- [--tier ${tierNames.join("|")}] [FILES AND FLAGS FOR THE TIER'S RUNNER]]`;

/** `npm test`: all set-up, then every tier; the last line counts what passed and failed. */
exitWith(async () => {
  const { values, positionals } = parseArgs({
    options: { tier: { type: "string" } },
    allowPositionals: true,
  });
  const tiers = values.tier === undefined ? tierNames : tierNames.filter((name) => name === values.tier);
  if (tiers.length === 0) {
    console.error(usage);
    return 2;
  }
  const { passed, failed, skipped } = await runTiers(tiers, positionals);
  if (skipped > 0) console.log(`${skipped} skipped; each says above what it needs`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
});

async function runTiers(tiers: readonly TierName[], extraArguments: readonly string[]): Promise<Counts> {
  mkdirSync(join(cache, "test"), { recursive: true });
  const tools = await setUpTools();
  let total: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const tier of tiers) {
    const counts = await runTier(tier, tools, extraArguments);
    total = {
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    };
  }
  return total;
}
