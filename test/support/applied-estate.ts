import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../config/schema";
import { Appliers } from "../../demo/appliers";
import { accessAccount, type AccountAccess } from "../../deploy/access/account-access";
import { Accounts } from "../../deploy/access/accounts";
import { createStateBucket } from "../../deploy/estate/state-bucket";
import type { TerraformContext } from "../../deploy/estate/terraform-context";
import { wavesOf } from "../../deploy/estate/waves";
import { deployStacks } from "../../deploy/plans/deploy-stacks";
import { synthesise } from "../../deploy/synthesis/synthesise";
import { forkLocalAws, liftPolicies, type LocalAws } from "../../emulator/local-aws";
import { models } from "../../pipelines";
import { listStacks, type StackDescription } from "../../stacks/list";
import { readEstate } from "../../stacks/known";
import type { LocalAwsAddress } from "../../tools/local-aws/address";
import { useLocalAws } from "../../tools/local-aws/environment";
import { repository } from "../../tools/paths";
import { silentRunner } from "./deployment";
import { keepProvidersIn } from "./prepared/providers";
import type { Synthesised } from "./synth";
import { tools, variable } from "./tools";
import { WireProxy } from "./wire/proxy";

/** Plans and applies the tests' estate to an empty local AWS, wave by wave. @param folder gets the stacks */
export async function applyTestEstate(folder: string, localAws: LocalAwsAddress): Promise<void> {
  const estate = testEstate();
  const directoryOf = await synthesise({ output: join(folder, "cdktf.out"), environments });
  const runs = { tool: tools().terraform, directoryOf };
  const appliers = new Appliers(estate, localAws, runs, folder);
  await Promise.all(estate.environments.map((environment) => createStateBucket(estate, environment)));
  const runner = silentRunner();
  for (const { stacks } of wavesOf(listStacks(estate, models))) {
    const acting = await appliers.of(stacks, "plans");
    const results = await Promise.all(acting.map((applier) => deployStacks({ ...applier, runner })));
    const failures = results.flatMap((each) => each.failures);
    if (failures.length > 0)
      throw new Error(failures.map(({ stack, reason }) => `${stack}: ${reason}`).join("\n"));
  }
}

/** Not the repository's: whoever forks it has accounts of their own there. */
const environments = join(repository, "test/fixtures/estate");

export const testEstate = () => readEstate(environments, models);

/** The tests' estate as it was applied, in a local AWS and folders of a test's own. */
export class AppliedEstate {
  readonly estate = testEstate();
  readonly stacks = listStacks(this.estate, models);
  readonly accounts = new Accounts(this.estate, this.estate.shared.adminRole);
  readonly runs: TerraformContext = {
    tool: tools().terraform,
    directoryOf: (id) => join(this.folder, "stacks", id),
  };

  private constructor(
    readonly folder: string,
    readonly localAws: LocalAws,
    /** File of what was needed to apply it, and in all copies in which policies count. */
    readonly needs: string,
  ) {}

  /**
   * A fork, which this process talks to from now on.
   * @param policies whether they count; else everybody may do everything
   * @param elsewhere where it finds what stands on the Internet, by origin
   */
  static async copy({
    policies = false,
    elsewhere = {},
  }: {
    readonly policies?: boolean;
    readonly elsewhere?: Readonly<Record<string, string>>;
  } = {}): Promise<AppliedEstate> {
    const from = JSON.parse(variable("MLOPS_TEST_ESTATE")) as LocalAwsAddress & { folder: string };
    const folder = mkdtempSync(join(tmpdir(), "estate-"));
    cpSync(join(from.folder, "cdktf.out"), folder, { recursive: true, verbatimSymlinks: true });
    const localAws = await forkLocalAws(from, elsewhere);
    if (!policies) await liftPolicies(localAws);
    useLocalAws(localAws.environment);
    keepProvidersIn(from.folder);
    return new AppliedEstate(folder, localAws, join(from.folder, "needs.jsonl"));
  }

  /** Puts a proxy before this copy, which this process talks to from now on. */
  async startWire(): Promise<WireProxy> {
    const wire = await WireProxy.start(this.localAws.endpoint);
    process.env.AWS_ENDPOINT_URL = wire.endpoint;
    return wire;
  }

  async stop(): Promise<void> {
    await this.localAws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** @throws Error where there is none of this name */
  environment(name: string): Environment {
    return found(this.estate.environments, name, (environment) => environment.name);
  }

  stack(id: string): StackDescription {
    return found(this.stacks, id, (stack) => stack.id);
  }

  /** An administrator's credentials for the account of an environment. */
  access(name: string): Promise<AccountAccess> {
    return accessAccount(this.environment(name), this.estate.shared.adminRole);
  }

  /** What a stack's synthesised file says. */
  synthesised(id: string): Synthesised {
    const file = join(this.runs.directoryOf(id), "cdk.tf.json");
    return JSON.parse(readFileSync(file, "utf8")) as Synthesised;
  }
}

/** @throws Error where there is none */
function found<Item>(items: readonly Item[], name: string, nameOf: (item: Item) => string): Item {
  const item = items.find((each) => nameOf(each) === name);
  if (!item) throw new Error(`there is no ${name}, only ${items.map(nameOf).join(", ")}`);
  return item;
}
