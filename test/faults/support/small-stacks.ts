import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { Estate } from "../../../config/schema";
import { Accounts } from "../../../deploy/access/accounts";
import { createStateBucket } from "../../../deploy/estate/state-bucket";
import type { StateObject } from "../../../deploy/estate/state-object";
import { synthesise } from "../../../deploy/synthesis/synthesise";
import type { LocalAws } from "../../../emulator/local-aws";
import { models } from "../../../pipelines";
import { stateKey } from "../../../core/state-keys";
import { listStacks, type StackDescription } from "../../../stacks/list";
import { namesOfAccount } from "../../../stacks/topology";
import { useLocalAws } from "../../../tools/local-aws/environment";
import { readEstate } from "../../support/estate";
import { emptyLocalAws } from "../../support/local-aws";
import { WireProxy } from "../../support/wire/proxy";

/** What each of the stacks consists of. */
export const wholeStack = ["aws_iam_instance_profile", "aws_iam_role"];

/** Small stacks, each with an account of its own and an empty state bucket, in local AWS behind a wire proxy. */
export class SmallStacks {
  readonly accounts: Accounts;
  private readonly stacks: readonly StackDescription[];

  private constructor(
    readonly folder: string,
    readonly estate: Estate,
    readonly wire: WireProxy,
    readonly directoryOf: (stack: string) => string,
    private readonly localAws: LocalAws,
  ) {
    this.stacks = listStacks(estate, models);
    this.accounts = new Accounts(estate);
  }

  static async start(names: readonly string[]): Promise<SmallStacks> {
    const folder = mkdtempSync(join(tmpdir(), "faults-"));
    const environments = join(folder, "environments");
    writeEnvironments(environments, names);
    const [localAws, directoryOf] = await Promise.all([
      emptyLocalAws(),
      synthesise({ output: join(folder, "cdktf.out"), environments }),
    ]);
    const wire = await WireProxy.start(localAws.endpoint);
    useLocalAws({ ...localAws.environment, AWS_ENDPOINT_URL: wire.endpoint });
    const estate = readEstate(environments);
    await Promise.all(estate.environments.map((environment) => createStateBucket(estate, environment)));
    return new SmallStacks(folder, estate, wire, directoryOf, localAws);
  }

  async stop(): Promise<void> {
    this.wire.stop();
    await this.localAws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get environments(): string {
    return join(this.folder, "environments");
  }

  /** A stack's state and lock, as Terraform keeps them. */
  stateOf(id: string): Promise<StateObject> {
    return this.accounts.stateOf(this.stack(id));
  }

  /** Types of the resources in a stack's state, in order of their names. */
  async typesInState(id: string): Promise<string[]> {
    const { resources } = await (await this.stateOf(id)).read();
    return resources.map(({ type }) => type).toSorted();
  }

  /** Gives a stack an empty state, as if something had stood there once. */
  async beginState(id: string): Promise<void> {
    const stack = this.stack(id);
    const s3 = new S3Client({ ...(await this.accounts.of(stack)), forcePathStyle: true });
    const Bucket = namesOfAccount(this.estate, stack.environment).stateBucket;
    const empty = {
      version: 4,
      terraform_version: "1.11.4",
      serial: 1,
      lineage: id,
      outputs: {},
      resources: [],
    };
    await s3.send(new PutObjectCommand({ Bucket, Key: stateKey(id), Body: JSON.stringify(empty) }));
  }

  stack(id: string): StackDescription {
    const found = this.stacks.find((stack) => stack.id === id);
    if (!found) throw new Error(`no stack ${id}`);
    return found;
  }
}

function writeEnvironments(folder: string, names: readonly string[]): void {
  mkdirSync(folder);
  const shared = { project: "faults", owner: "tests", region: "us-east-1" };
  writeFileSync(join(folder, "shared.json"), JSON.stringify(shared));
  names.forEach((name, index) => {
    const account = String(500_000_000_000 + index);
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ kind: "ci", account }));
  });
}
