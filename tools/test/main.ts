import { parseArgs } from "node:util";
import { exitWith } from "../exit";
import { pool } from "../pool";
import { setUpTools } from "../setup/tools";
import { addCounts, atOnce, prepareReports, runTier, tierNames, type Counts, type TierName } from "./tiers";

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
  prepareReports();
  const tools = await setUpTools();
  const [first, ...others] = tiers;
  if (others.length > 0)
    console.error(`Beside ${first} run ${others.join(", ")}; each says what it did when it has ended`);
  const counts = await pool(tiers, atOnce, (tier) =>
    runTier(tier, { tools, extraArguments, heldBack: tier !== first }),
  );
  return counts.reduce(addCounts);
}
