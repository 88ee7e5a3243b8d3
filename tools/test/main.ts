import { parseArgs } from "node:util";
import { exitWith } from "../exit";
import { setUpTools } from "../setup/tools";
import { addCounts, prepareReports, runTier, sides, tierNames, type Counts, type TierName } from "./tiers";

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

const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

async function runTiers(tiers: readonly TierName[], extraArguments: readonly string[]): Promise<Counts> {
  prepareReports();
  const tools = await setUpTools();
  const one = (tier: TierName, heldBack: boolean) => runTier(tier, { tools, extraArguments, heldBack });
  if (tiers.length === 1) return oneAfterAnother(tiers, (tier) => one(tier, false));
  const [, ...besides] = sides;
  console.error(
    `Beside the others run ${besides.flat().join(", ")}; each says what it did when it has ended`,
  );
  const counts = await Promise.all(
    sides.map((side, index) => oneAfterAnother(side, (tier) => one(tier, index > 0))),
  );
  return counts.reduce(addCounts, nothing);
}

async function oneAfterAnother(
  tiers: readonly TierName[],
  run: (tier: TierName) => Promise<Counts>,
): Promise<Counts> {
  let total = nothing;
  for (const tier of tiers) total = addCounts(total, await run(tier));
  return total;
}
