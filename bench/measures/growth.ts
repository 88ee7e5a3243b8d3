import { join } from "node:path";
import { repository } from "../../tools/paths";
import { againstOther, programIn } from "../against";
import { benchFolder, type Measure } from "../bench";
import { writeEnvironments } from "../estates/environment-files";
import { modelNames } from "../estates/models";
import { secondsOf, slower } from "../figures";
import type { ManyStacks } from "../programs/synthesise-many";
import { takeTurns } from "../rounds";
import { atMost, under, type Figure, type Row } from "../row";
import { run, type ProcessTiming } from "../timing";

const folder = join(benchFolder, "growth");
const modelCount = 10;
const measure = "growth";

type Synthesis = ProcessTiming & ManyStacks;

/** Cost of a stack in an estate of 1,100 stacks, against one of 110; loading of code left out. */
export const measureGrowth: Measure = async ({ quick, against, say }) => {
  const estate = (workloads: number) => {
    const environments = join(folder, `environments-${workloads}`);
    writeEnvironments(environments, { workloads, models: modelNames(modelCount) });
    return (checkout = repository) => synthesise(checkout, environments);
  };
  const [many, few] = [estate(100), estate(10)];
  const contestants = { large: () => many(), small: () => few() };
  const turns = await takeTurns(
    against === undefined ? contestants : { ...contestants, other: () => many(against) },
    { count: quick ? 1 : 5, warmUp: 0, say },
  );
  const [large, small] = [perStack(turns.large), perStack(turns.small)];
  const ratio = slower(large, small);
  const seconds = secondsOf(`${large.label}, process start to exit`, turns.large);
  const memory: Figure = {
    label: `${large.label}, most at once`,
    unit: "MB",
    rounds: turns.large.map(({ peakBytes }) => peakBytes / 1e6),
  };
  return [
    { measure, what: "growth of synth", ours: large, baseline: small, ratio, goal: atMost(ratio, 1.2) },
    { measure, what: "synth of 100 environments × 10 models", ours: seconds, goal: under(seconds, 10) },
    { measure, what: "memory of that synth", ours: memory, goal: under(memory, 600) },
    ...("other" in turns
      ? [
          againstOther(
            { measure, what: "synth of 100 environments × 10 models" },
            seconds,
            secondsOf(large.label, turns.other),
          ),
        ]
      : []),
  ] satisfies Row[];
};

async function synthesise(checkout: string, environments: string): Promise<Synthesis> {
  const args = [environments, String(modelCount)];
  const timing = await run({
    ...programIn(checkout, "bench/programs/synthesise-many.ts", ...args),
    environment: { CDKTF_OUTDIR: join(folder, "cdktf.out") },
  });
  return { ...timing, ...(JSON.parse(timing.stdout) as ManyStacks) };
}

const perStack = (syntheses: readonly Synthesis[]): Figure => ({
  label: `${syntheses[0]?.stacks ?? 0} stacks`,
  unit: "ms/stack",
  rounds: syntheses.map(({ stacks, workSeconds }) => (workSeconds * 1000) / stacks),
});
