import { join } from "node:path";
import type { Estate } from "../../config/schema";
import { pullStackState, type StackRuns } from "../../deploy/estate/stack-runs";
import { createStateBucket } from "../../deploy/estate/state-bucket";
import { wavesOf } from "../../deploy/estate/waves";
import type { ModelDefinition } from "../../pipelines/model";
import { listStacks, type StackDescription } from "../../stacks/list";
import { startLocalAws, type LocalAws } from "../local-aws";
import { cache } from "../paths";
import { setUpTools } from "../setup/tools";
import { useLocalAws, writeEnvironmentFile } from "./environment";
import { applyAction, replanAction } from "./stack-actions";
import { StackRunner } from "./stack-runner";
import { takeInventory, type AccountInventory } from "./inventory";
import type { StartResult } from "./result";
import { Stages } from "./stages";
import { synthesise } from "./synthesise";

export interface RunEstateOptions {
  readonly estate: Estate;
  readonly models: readonly ModelDefinition[];
  /** Leave local AWS up. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
}

/** Brings the whole estate up on local AWS, shows that nothing is pending, and takes stock. */
export async function runEstate(options: RunEstateOptions): Promise<StartResult> {
  const stages = new Stages();
  const tools = await stages.run("set-up", setUpTools);
  const directoryOf = await stages.run("synthesise", () => synthesise(join(cache, "local-aws/cdktf.out")));
  const localAws = await stages.run("start local AWS", () => start(tools.python, options));
  let up = false;
  try {
    useLocalAws(localAws.environment);
    const runs: StackRuns = { tool: tools.terraform, directoryOf, signal: options.signal };
    const result = await bringUp(stages, runs, options);
    up = result.failures.length === 0 && options.keep && !options.signal.aborted;
    if (up) writeEnvironmentFile({ ...tools.terraform.environment, ...localAws.environment });
    return { ...result, endpoint: up ? localAws.endpoint : undefined };
  } finally {
    if (!up) await localAws.stop();
  }
}

/** Callers stand in the CI account, as Jenkins does; every other account is reached by assuming a role. */
function start(python: string, { estate, keep }: RunEstateOptions): Promise<LocalAws> {
  const caller = estate.environments.find(({ kind }) => kind === "ci") ?? estate.environments[0];
  return startLocalAws({
    python,
    callerAccount: caller?.account ?? "",
    logFile: join(cache, "local-aws/log"),
    keep,
  });
}

async function bringUp(
  stages: Stages,
  runs: StackRuns,
  { estate, models, signal }: RunEstateOptions,
): Promise<Omit<StartResult, "endpoint">> {
  const stacks = listStacks(estate, models);
  const runner = new StackRunner(signal);
  await stages.run("create state buckets", () =>
    Promise.all(estate.environments.map((environment) => createStateBucket(estate, environment))),
  );
  for (const wave of wavesOf(stacks)) {
    await stages.run(`apply ${wave.title}`, () => runner.each("Apply", wave, applyAction(runs)));
  }
  const everything = { title: "every stack again: nothing may be pending", stacks };
  await stages.run("plan again", () => runner.each("Plan", everything, replanAction(runs)));
  const accounts = runner.mayGoOn
    ? await stages.run("take stock", () => takeStock(runs, estate, stacks))
    : [];
  return { stages: stages.done, failures: runner.failures, accounts };
}

function takeStock(
  runs: StackRuns,
  estate: Estate,
  stacks: readonly StackDescription[],
): Promise<AccountInventory[]> {
  return Promise.all(
    estate.environments.map(async (environment) => {
      const own = stacks.filter((stack) => stack.environment === environment);
      return takeInventory(environment, await Promise.all(own.map((stack) => pullStackState(runs, stack))));
    }),
  );
}
