import { join } from "node:path";
import type { Estate } from "../config/schema";
import type { StackRuns } from "../deploy/estate/stack-runs";
import { createStateBucket } from "../deploy/estate/state-bucket";
import { wavesOf } from "../deploy/estate/waves";
import type { ModelDefinition } from "../pipelines/model";
import { listStacks } from "../stacks/list";
import { castOf, whyNoCast } from "./drill/cast";
import { noFindings, type Findings } from "./drill/findings";
import { Stages, type Say } from "./drill/stage";
import { playDrill } from "./drill/story";
import { assumedRoles, startLocalAws, type LocalAws } from "../emulator/local-aws";
import { cache } from "../tools/paths";
import { startRunner, type Runner } from "../emulator/runner";
import { setUpTools, type Tools } from "../tools/setup/tools";
import { useLocalAws, writeEnvironmentFile } from "../tools/local-aws/environment";
import { resultOf, type StartResult } from "./result";
import { applyAction, replanAction } from "./stack-actions";
import { StackRunner } from "../deploy/progress/stack-runner";
import { synthesise } from "../deploy/synthesis/synthesise";
import { takeStock, type Stock } from "./take-stock";

export interface RunEstateOptions {
  readonly estate: Estate;
  readonly models: readonly ModelDefinition[];
  /** Leave local AWS and its runner up. */
  readonly keep: boolean;
  readonly say: Say;
  readonly signal: AbortSignal;
}

/**
 * From nothing to the end of the drift drill on local AWS: brings the estate up, plays the drill, shows that nothing is
 * pending, takes stock.
 */
export async function runEstate(options: RunEstateOptions): Promise<StartResult> {
  const tools = await setUpTools();
  const run = new EstateRun(options, tools);
  try {
    await run.bringUp();
    await run.drill();
    await run.planAgain();
    await run.takeStock();
  } catch (error) {
    run.failure = error as Error;
  }
  return run.end();
}

/** One run of the estate, with all it has found so far. */
class EstateRun {
  failure: Error | undefined;
  private readonly stages: Stages;
  private readonly findings: Findings = noFindings();
  private readonly runner: StackRunner;
  private readonly startedAt = new Date().toISOString();
  private readonly stacks;
  private stock: Stock = { accounts: [], resources: new Map() };
  private runs: StackRuns | undefined;
  private localAws: LocalAws | undefined;
  private pipelines: Runner | undefined;

  constructor(
    private readonly options: RunEstateOptions,
    private readonly tools: Tools,
  ) {
    this.stages = new Stages(options.say);
    this.runner = new StackRunner(options.signal);
    this.stacks = listStacks(options.estate, options.models);
  }

  async bringUp(): Promise<void> {
    const { estate, signal } = this.options;
    const directoryOf = await this.stages.run("Synthesise", async () => {
      const result = await synthesise({ output: join(cache, "local-aws/cdktf.out") });
      return { verdict: `${this.stacks.length} stacks`, result };
    });
    await this.stages.run("Start local AWS and the runner", () => this.startLocalAws());
    this.runs = { tool: this.tools.terraform, directoryOf, signal };
    await this.stages.run("Create the state buckets", async () => {
      await Promise.all(estate.environments.map((environment) => createStateBucket(estate, environment)));
      return { verdict: `one in each of ${estate.environments.length} accounts`, result: undefined };
    });
    for (const wave of wavesOf(this.stacks)) {
      await this.onStacks(`Apply ${wave.title}`, wave.stacks, applyAction(this.runs), "applied");
    }
  }

  async drill(): Promise<void> {
    const { estate, models, say, signal } = this.options;
    const cast = castOf(estate, models);
    if (!cast) {
      say(`${whyNoCast(models)}. The drill is left out`);
      return;
    }
    const { python } = this.tools;
    await playDrill({ estate, cast, python, stages: this.stages, findings: this.findings, say, signal });
  }

  async planAgain(): Promise<void> {
    if (this.runs)
      await this.onStacks("Plan every stack again", this.stacks, replanAction(this.runs), "nothing pending");
  }

  async takeStock(): Promise<void> {
    const { runs } = this;
    if (!runs) return;
    this.stock = await this.stages.run("Take stock", async () => {
      const result = await takeStock(runs, this.options.estate, this.stacks);
      const total = [...result.resources.values()].reduce((sum, count) => sum + count, 0);
      return { verdict: `${total} resources in ${result.accounts.length} accounts`, result };
    });
  }

  /** Ends or keeps what runs, and says what the run came to. */
  async end(): Promise<StartResult> {
    const up = this.failure === undefined && this.options.keep && !this.options.signal.aborted;
    const roles = this.localAws ? await assumedRoles(this.localAws.endpoint).catch(() => []) : [];
    if (up && this.localAws)
      writeEnvironmentFile({ ...this.tools.terraform.environment, ...this.localAws.environment });
    else await this.stop();
    return resultOf({
      startedAt: this.startedAt,
      stages: this.stages,
      findings: this.findings,
      stacks: this.stacks,
      stackSeconds: this.runner.seconds,
      stackFailures: this.runner.failures,
      stock: this.stock,
      roles,
      failure: this.failure,
      endpoint: up ? this.localAws?.endpoint : undefined,
    });
  }

  private async startLocalAws() {
    const { estate, keep } = this.options;
    const { python } = this.tools;
    const caller = estate.environments.find(({ kind }) => kind === "ci") ?? estate.environments[0];
    const logFile = join(cache, "local-aws/log");
    this.localAws = await startLocalAws({ python, callerAccount: caller?.account ?? "", logFile, keep });
    useLocalAws(this.localAws.environment);
    this.pipelines = await startRunner({ environment: this.localAws.environment, python, keep });
    return { verdict: this.localAws.endpoint, result: undefined };
  }

  /** @throws Error naming the stacks that failed */
  private async onStacks(
    title: string,
    stacks: StackRunnerStacks,
    action: Parameters<StackRunner["each"]>[1],
    past: string,
  ): Promise<void> {
    await this.stages.run(title, async () => {
      await this.runner.each(stacks, action);
      const failed = this.runner.failures.map(({ stack }) => stack);
      if (failed.length > 0) throw new Error(`${failed.length} of the stacks failed: ${failed.join(", ")}`);
      this.options.signal.throwIfAborted();
      return { verdict: `${stacks.length} stacks, ${past}`, result: undefined };
    });
  }

  private async stop(): Promise<void> {
    await this.pipelines?.stop();
    await this.localAws?.stop();
  }
}

type StackRunnerStacks = Parameters<StackRunner["each"]>[0];
