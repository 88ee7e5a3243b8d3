import { cpSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { parallelRuns } from "../../deploy/estate/parallelism";
import type { TerraformTool } from "../../deploy/terraform/terraform";
import { repository } from "../../tools/paths";
import { benchFolder, type Bench, type Measure } from "../bench";
import type { AppliedEstate } from "../estates/local-estates";
import { faster, secondsOf, slower } from "../figures";
import { mlops } from "../mlops";
import { canLookInside } from "../process-tree";
import { takeTurns } from "../rounds";
import { atMost, timesFaster, type Figure, type Row } from "../row";
import { pool } from "../../tools/pool";
import { run, timeOf, type ProcessTiming, type Timing } from "../timing";

const folder = join(benchFolder, "plan");
const measure = "plan";
const bytesPerTerraform = 0.9 * 1024 ** 3;

/** `mlops plan` of stacks that are applied, against bare Terraform over the same folders, and `cdktf diff`. */
export const measurePlan: Measure = async (bench) => {
  const { quick, say } = bench;
  const applied = await bench.estates.shipped();
  const stacks = applied.stacks.map(({ id }) => id).filter((id) => !quick || id.startsWith("dev-"));
  const parallel = parallelRuns();
  const turns = await takeTurns(
    {
      ours: () => mlops(["plan", ...stacks], { watchMemory: true }),
      bare: () => bareTerraform(bench, applied, stacks, parallel),
      diff: () => cdktfDiff(bench, stacks),
      likeBare: () => mlops(["plan", ...stacks], { environment: { GOGC: "100" } }),
    },
    { count: quick ? 1 : 3, warmUp: 0, say },
  );
  return rowsFor(turns, stacks.length, parallel);
};

interface PlanTurns {
  readonly ours: readonly ProcessTiming[];
  readonly bare: readonly Timing[];
  readonly diff: readonly Timing[];
  readonly likeBare: readonly Timing[];
}

function rowsFor(turns: PlanTurns, count: number, parallel: number): Row[] {
  const ours = secondsOf(`mlops plan, ${count} stacks`, turns.ours);
  const atOnce = Math.min(parallel, count);
  const bare = secondsOf(`terraform init and plan, ${atOnce} at a time`, turns.bare);
  const diff = secondsOf("cdktf diff, stack by stack", turns.diff);
  const likeBare = secondsOf("mlops plan with Go's own GOGC", turns.likeBare);
  const [overBare, overDiff] = [slower(ours, bare), faster(ours, diff)];
  return [
    {
      measure,
      what: "plan, over bare Terraform",
      ours,
      baseline: bare,
      ratio: overBare,
      goal: atMost(overBare, 1.1),
      notes: [
        "Ours synthesises, asks STS for every role and saves plans; it sets GOGC=400, bare Terraform has Go's default.",
      ],
    },
    { measure, what: "the same, GOGC alike", ours: likeBare, baseline: bare, ratio: slower(likeBare, bare) },
    {
      measure,
      what: "plan, over cdktf diff",
      ours,
      baseline: diff,
      ratio: overDiff,
      goal: timesFaster(overDiff, 2),
    },
    ...(canLookInside ? [memoryRow(turns.ours, atOnce)] : []),
  ];
}

function memoryRow(ours: readonly ProcessTiming[], parallel: number): Row {
  const peak: Figure = {
    label: "mlops plan and all it starts, most at once",
    unit: "MB",
    rounds: ours.map(({ peakBytes }) => peakBytes / 1e6),
  };
  const budget = (parallel * bytesPerTerraform) / 1e6;
  const text = `at most ${Math.round(budget)} MB`;
  const goal = { text, met: peak.rounds.every((figure) => figure <= budget) };
  return {
    measure,
    what: `memory of ${parallel} plans at once`,
    ours: peak,
    goal,
    notes: ["The limit is 0.9 GiB for each Terraform; pages that several processes share count in each."],
  };
}

/** Terraform as one would call it by hand, over folders that were not initialised before, as ours are. */
async function bareTerraform(
  { tools }: Bench,
  { directoryOf }: AppliedEstate,
  stacks: readonly string[],
  parallel: number,
): Promise<Timing> {
  const directories = stacks.map((stack) => freshCopy(directoryOf(stack), stack));
  return timeOf(() => pool(directories, parallel, (directory) => initAndPlan(tools.terraform, directory)));
}

/** What was synthesised, without what Terraform has left there. */
function freshCopy(from: string, stack: string): string {
  const directory = join(folder, "bare", stack);
  rmSync(directory, { recursive: true, force: true });
  const filter = (path: string) => !basename(path).startsWith(".terraform");
  cpSync(from, directory, { recursive: true, filter });
  return directory;
}

async function initAndPlan({ terraform, environment }: TerraformTool, directory: string): Promise<void> {
  const call = (...args: string[]) => run({ program: terraform, args, directory, environment });
  await call("init", "-input=false", "-no-color");
  await call("plan", "-input=false", "-no-color", "-lock=false", "-out=tfplan");
}

/**
 * `cdktf diff` takes one stack. Its folders stay from round to round, initialised; sums of the provider for other
 * systems, which it would fetch from the registry each time, are left out.
 */
async function cdktfDiff({ tools: { terraform } }: Bench, stacks: readonly string[]): Promise<Timing> {
  const cdktf = join(repository, "node_modules/cdktf-cli/bundle/bin/cdktf");
  const environment = {
    ...terraform.environment,
    TERRAFORM_BINARY_NAME: terraform.terraform,
    CI: "true",
    FORCE_COLOR: "0",
  };
  return timeOf(() =>
    pool(stacks, 1, (stack) =>
      run({
        program: process.execPath,
        args: [cdktf, "diff", stack, "--skip-provider-lock", "--output", join(folder, "cdktf.out")],
        directory: repository,
        environment,
      }),
    ),
  );
}
