import { join } from "node:path";
import type { Estate } from "../config/schema";
import { Accounts } from "../deploy/access/accounts";
import { createStateBucket } from "../deploy/estate/state-bucket";
import { wavesOf, type Wave } from "../deploy/estate/waves";
import type { ModelDefinition } from "../pipelines/model";
import { listStacks, type StackDescription } from "../stacks/list";
import { startAwsOf } from "./aws-of-estate";
import { Appliers } from "./appliers";
import { Arrivals } from "./arrivals";
import { noResults, type DrillResults } from "./drill/results";
import { Stages, type Logger } from "./drill/stage";
import { playActs } from "./drill/acts";
import { endKeptProviders, keepProvidersUp } from "./providers";
import type { Standing } from "./drill/standing";
import { assumedRoles, liftPolicies, type LocalAws } from "../emulator/local-aws";
import { cache } from "../tools/paths";
import { startRunner, type Runner } from "../emulator/runner";
import { setUpTools, type Tools } from "../tools/setup/tools";
import type { Toolchain } from "../tools/toolchain";
import { sideBySide } from "../tools/side-by-side";
import { useLocalAws, writeEnvironmentFile } from "../tools/local-aws/environment";
import { Servers } from "./servers";
import { resultOf, type StartResult } from "./result";
import { synthesise } from "../deploy/synthesis/synthesise";
import { StackStages, type PlannedWave } from "./stack-stages";
import { takeStock, type Stock } from "./take-stock";

export interface RunEstateOptions {
  readonly estate: Estate;
  readonly models: readonly ModelDefinition[];
  /** Leave local AWS and its runner up. */
  readonly keep: boolean;
  /** Play the act of projects, where an account has part for it. */
  readonly projects: boolean;
  readonly say: Logger;
  readonly signal: AbortSignal;
}

/**
 * From nothing to the end of the data drift drill on local AWS: brings the estate up, plays the drill, shows that nothing is
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

const stacksOf = (waves: readonly Wave[]): StackDescription[] => waves.flatMap(({ stacks }) => stacks);

/** One run of the estate, with all it has found so far. */
class EstateRun {
  failure: Error | undefined;
  private readonly stages: Stages;
  private readonly results: DrillResults = noResults();
  private readonly startedAt = new Date().toISOString();
  private readonly stacks;
  private readonly accounts: Accounts;
  private readonly terraform: Toolchain;
  private stock: Stock = { accounts: [], resources: new Map() };
  private deployment: StackStages | undefined;
  private planned: PlannedWave | undefined;
  private localAws: LocalAws | undefined;
  private servers: Servers | undefined;
  private pipelines: Runner | undefined;

  constructor(
    private readonly options: RunEstateOptions,
    private readonly tools: Tools,
  ) {
    this.stages = new Stages(options.say);
    this.terraform = keepProvidersUp(tools.terraform);
    this.stacks = listStacks(options.estate, options.models);
    this.accounts = new Accounts(options.estate, options.estate.shared.adminRole);
  }

  async bringUp(): Promise<void> {
    const { estate, say, signal } = this.options;
    const [directoryOf, localAws] = await sideBySide(
      this.stages.run("Synthesise", async () => {
        const result = await synthesise({ output: join(cache, "local-aws/cdktf.out") });
        return { verdict: `${this.stacks.length} stacks`, result };
      }),
      this.stages.run("Start local AWS and the runner", () => this.startLocalAws()),
    );
    const runs = { tool: this.terraform, directoryOf, signal };
    const appliers = new Appliers(estate, localAws, runs, join(cache, "local-aws"));
    this.deployment = new StackStages(this.stages, appliers, signal, say);
    await this.stages.run("Create the state buckets", async () => {
      await Promise.all(estate.environments.map((environment) => createStateBucket(estate, environment)));
      return { verdict: `one in each of ${estate.environments.length} accounts`, result: undefined };
    });
    this.planned = await this.deployment.deployUpToLast(wavesOf(this.stacks));
  }

  /** Applies the last wave, and meanwhile plans again what stands and plays the drill as far as what it needs is applied. */
  async drill(): Promise<void> {
    const { deployment, planned } = this;
    if (!deployment || !planned) return;
    const arrivals = new Arrivals(planned.stacks, this.options.signal);
    const applying = deployment.apply(planned, arrivals.add);
    const before = stacksOf(wavesOf(this.stacks).slice(0, -1));
    const all = sideBySide(applying, deployment.planAgainBeside(before, "Plan again what stands"));
    const standing = { in: (name: string) => arrivals.in(name, applying), everywhere: () => all };
    await sideBySide(all, this.play(standing));
    this.options.signal.throwIfAborted();
  }

  /** What the drill worked with. @throws Error naming the stacks in which something is pending */
  async planAgain(): Promise<void> {
    await this.deployment?.planAgain(this.planned?.stacks ?? [], "Plan again what the drill has used");
    this.options.signal.throwIfAborted();
  }

  async takeStock(): Promise<void> {
    this.stock = await this.stages.run("Take stock", async () => {
      const result = await takeStock(this.accounts, this.options.estate, this.stacks);
      const total = [...result.resources.values()].reduce((sum, count) => sum + count, 0);
      return { verdict: `${total} resources in ${result.accounts.length} accounts`, result };
    });
  }

  /** Ends or keeps what runs, and says what the run came to. */
  async end(): Promise<StartResult> {
    endKeptProviders();
    const up = this.failure === undefined && this.options.keep && !this.options.signal.aborted;
    const roles = this.localAws ? await assumedRoles(this.localAws).catch(() => []) : [];
    if (up && this.localAws) {
      await liftPolicies(this.localAws);
      writeEnvironmentFile({ ...this.tools.terraform.environment, ...this.localAws.environment });
      await this.servers?.stop();
    } else await this.stop();
    return resultOf({
      startedAt: this.startedAt,
      stages: this.stages,
      results: this.results,
      stacks: this.stacks,
      stackSeconds: this.deployment?.seconds ?? new Map(),
      stackFailures: this.deployment?.failures ?? [],
      stock: this.stock,
      roles,
      failure: this.failure,
      endpoint: up ? this.localAws?.endpoint : undefined,
    });
  }

  private async startLocalAws() {
    const { estate, keep, projects } = this.options;
    const { python } = this.tools;
    const logFile = join(cache, "local-aws/log");
    const ledger = join(cache, "local-aws/needs.jsonl");
    const { elsewhere } = (this.servers = await Servers.start(estate, projects));
    this.localAws = await startAwsOf(estate, { python, logFile, ledger, keep, elsewhere });
    useLocalAws(this.localAws.environment);
    this.pipelines = await startRunner({ environment: this.localAws.environment, python, keep });
    return { verdict: this.localAws.endpoint, result: this.localAws };
  }

  private async play(standing: Standing): Promise<void> {
    const { stages, results, localAws, servers, terraform } = this;
    const { estate, models, say, signal } = this.options;
    const of = { estate, models, python: this.tools.python, localAws, stages, results, say, signal };
    await playActs({ ...of, servers, agent: terraform.environment }, standing);
  }

  private async stop(): Promise<void> {
    await this.pipelines?.stop();
    await this.localAws?.stop();
    await this.servers?.stop();
  }
}
