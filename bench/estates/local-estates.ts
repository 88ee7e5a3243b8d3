import { join } from "node:path";
import { readEstate } from "../../stacks/known";
import type { Estate } from "../../config/schema";
import { Accounts } from "../../deploy/access/accounts";
import { createStateBucket } from "../../deploy/estate/state-bucket";
import { wavesOf } from "../../deploy/estate/waves";
import { deployStacks, type Deployment } from "../../deploy/plans/deploy-stacks";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { StackRunner } from "../../deploy/estate/stack-runner";
import { synthesise } from "../../deploy/synthesis/synthesise";
import { models } from "../../pipelines";
import { startLocalAws, type LocalAws } from "../../emulator/local-aws";
import { exampleEnvironments } from "../../tools/paths";
import type { Tools } from "../../tools/setup/tools";
import { useLocalAws } from "../../tools/local-aws/environment";
import { listStacks, type StackDescription } from "../../stacks/list";

/** An estate that was synthesised, and of which some stacks are applied to local AWS. */
export interface AppliedEstate {
  readonly estate: Estate;
  /** Every stack. */
  readonly stacks: readonly StackDescription[];
  readonly directoryOf: (stack: string) => string;
}

export interface EstateToApply {
  /** Folder of environment files. */
  readonly environments: string;
  /** Which stacks to apply. @default all */
  readonly only?: (stack: StackDescription) => boolean;
  /** Folder to synthesise into. */
  readonly output: string;
}

/** Estates on a local AWS of this run alone, brought up when a measure first asks for them. */
export class LocalEstates {
  private localAws: Promise<LocalAws> | undefined;
  private shippedEstate: Promise<AppliedEstate> | undefined;

  constructor(
    private readonly tools: Tools,
    private readonly folder: string,
    private readonly say: (line: string) => void,
  ) {}

  /** The estate of the shipped environment files, applied whole. */
  shipped(): Promise<AppliedEstate> {
    const environments = exampleEnvironments;
    this.shippedEstate ??= this.apply({ environments, output: join(this.folder, "shipped") });
    return this.shippedEstate;
  }

  async apply({ environments, output, only = () => true }: EstateToApply): Promise<AppliedEstate> {
    this.localAws ??= this.start();
    await this.localAws;
    const estate = readEstate(environments, models);
    const stacks = listStacks(estate, models);
    const directoryOf = await synthesise({ output, environments });
    const deployment = {
      runs: { tool: this.tools.terraform, directoryOf },
      accounts: new Accounts(estate),
      runner: new StackRunner(new AbortController().signal),
      folder: new PlanFolder(join(output, "plans")),
    };
    const wanted = stacks.filter(only);
    this.say(`Applying ${wanted.length} stacks to local AWS`);
    for (const environment of new Set(wanted.map((stack) => stack.environment)))
      await createStateBucket(estate, environment);
    for (const wave of wavesOf(wanted)) await deployAll({ ...deployment, stacks: wave.stacks });
    return { estate, stacks, directoryOf };
  }

  async stop(): Promise<void> {
    await (await this.localAws)?.stop();
  }

  /** All processes that are started from now on find local AWS. */
  private async start(): Promise<LocalAws> {
    const logFile = join(this.folder, "local-aws.log");
    const { python } = this.tools;
    const localAws = await startLocalAws({ python, callerAccount: "444444444444", logFile });
    useLocalAws(localAws.environment);
    return localAws;
  }
}

/** @throws Error naming the stacks that failed, and why */
async function deployAll(deployment: Deployment): Promise<void> {
  const { failures } = await deployStacks(deployment);
  if (failures.length > 0)
    throw new Error(failures.map(({ stack, reason }) => `${stack}: ${reason}`).join("\n"));
}
