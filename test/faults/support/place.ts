import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { readEstate } from "../../../stacks/known";
import type { Estate } from "../../../config/schema";
import { Accounts } from "../../../deploy/access/accounts";
import { createStateBucket } from "../../../deploy/estate/state-bucket";
import type { StateObject } from "../../../deploy/estate/state-object";
import { synthesise } from "../../../deploy/synthesis/synthesise";
import { models } from "../../../pipelines";
import { startLocalAws, type LocalAws } from "../../../emulator/local-aws";
import { useLocalAws } from "../../../tools/local-aws/environment";
import { stateKey } from "../../../core/state-keys";
import { namesOfAccount } from "../../../stacks/topology";
import { listStacks, type StackDescription } from "../../../stacks/list";
import { repository } from "../../support/estate";
import type { Synthesised } from "../../support/synth";
import { tools } from "../../support/tools";
import { WireProxy } from "../../support/wire/proxy";

/** What each of the small stacks consists of. */
export const wholeStack = ["aws_iam_instance_profile", "aws_iam_role"];

/** Local AWS behind a wire proxy, and an estate whose accounts have empty state buckets. */
export class FaultPlace {
  readonly stacks: readonly StackDescription[];
  readonly accounts: Accounts;

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

  /** An estate of small stacks. @param names of the stacks; each has an account of its own */
  static async withStacks(names: readonly string[]): Promise<FaultPlace> {
    const folder = mkdtempSync(join(tmpdir(), "faults-"));
    writeEnvironments(join(folder, "environments"), names);
    return FaultPlace.start(folder, join(folder, "environments"));
  }

  /** The shipped estate. */
  static async withShippedEstate(): Promise<FaultPlace> {
    return FaultPlace.start(mkdtempSync(join(tmpdir(), "faults-")), join(repository, "environments"));
  }

  private static async start(folder: string, environments: string): Promise<FaultPlace> {
    const estate = readEstate(environments, models);
    const [localAws, directoryOf] = await Promise.all([
      startLocalAws({
        python: tools().python,
        callerAccount: "999999999999",
        logFile: join(folder, "local-aws.log"),
      }),
      synthesise({ output: join(folder, "cdktf.out"), environments }),
    ]);
    const wire = await WireProxy.start(localAws.endpoint);
    useLocalAws({ ...localAws.environment, AWS_ENDPOINT_URL: wire.endpoint });
    const place = new FaultPlace(folder, estate, wire, directoryOf, localAws);
    const buckets = estate.environments.map((environment) => createStateBucket(estate, environment));
    await Promise.all(buckets).catch(async (error: unknown) => {
      await place.stop();
      throw error;
    });
    return place;
  }

  async stop(): Promise<void> {
    this.wire.stop();
    await this.localAws.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get environments(): string {
    return join(this.folder, "environments");
  }

  /** What a stack's synthesised file says. */
  synthesised(id: string): Synthesised {
    return JSON.parse(readFileSync(join(this.directoryOf(id), "cdk.tf.json"), "utf8")) as Synthesised;
  }

  /** A stack's state and lock, as Terraform keeps them. */
  stateOf(id: string): Promise<StateObject> {
    return this.accounts.stateOf(this.stack(id));
  }

  /** Types of the resources in a stack's state, in order of their names. */
  async standingIn(id: string): Promise<string[]> {
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
