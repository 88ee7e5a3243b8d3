import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validate } from "../../deploy/terraform/terraform";
import { destroyEstate } from "../../deploy/destruction/destroy-estate";
import { holdingsOfStacks } from "../../deploy/destruction/holdings";
import { driftOfStack } from "../../deploy/drift/drift-stack";
import { Accounts } from "../../deploy/access/accounts";
import type { StackRuns } from "../../deploy/estate/stack-runs";
import { createStateBucket } from "../../deploy/estate/state-bucket";
import { wavesOf } from "../../deploy/estate/waves";
import { StackRunner } from "../../deploy/estate/stack-runner";
import { deployStacks } from "../../deploy/plans/deploy-stacks";
import { planEstate } from "../../deploy/plans/plan-estate";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { models } from "../../pipelines";
import { startLocalAws, type LocalAws } from "../../emulator/local-aws";
import { useLocalAws } from "../../tools/local-aws/environment";
import { synthesise } from "../../deploy/synthesis/synthesise";
import { listStacks } from "../../stacks/list";
import { leftovers } from "../support/leftovers";
import { parallelRuns } from "../../deploy/estate/parallelism";
import { sideBySide } from "../../tools/pool";
import { readEstate, repository } from "../support/estate";
import { tools } from "../support/tools";
import { readsBackFromEachAccount } from "../support/deployed-estate";
import { playsTheDriftDrill } from "../support/drift-drill";
import { deliversEvents } from "../support/event-delivery";
import { removeBackdoor, tamperWith } from "../support/tampering";

jest.setTimeout(600_000);

const estate = readEstate(join(repository, "environments"));
const stacks = listStacks(estate, models);
const silent = () => undefined;
const accounts = new Accounts(estate);
const runner = new StackRunner(new AbortController().signal, silent);

let folder: string;
let localAws: LocalAws;
let runs: StackRuns;
let plans: PlanFolder;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "estate-"));
  const { terraform, python } = tools();
  localAws = await startLocalAws({ python, callerAccount: "444444444444", logFile: join(folder, "log") });
  useLocalAws(localAws.environment);
  plans = new PlanFolder(join(folder, "plans"));
  runs = { tool: terraform, directoryOf: await synthesise({ output: join(folder, "cdktf.out") }) };
});

afterAll(async () => {
  await localAws.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("the whole estate applies to local AWS, from nothing, and every stack is valid", async () => {
  await sideBySide(estate.environments, parallelRuns(), (environment) =>
    createStateBucket(estate, environment),
  );
  for (const wave of wavesOf(stacks)) {
    const { failures } = await deployStacks({ runs, accounts, runner, folder: plans, stacks: wave.stacks });
    expect(failures).toEqual([]);
    await sideBySide(wave.stacks, parallelRuns(), (stack) =>
      validate({ ...runs.tool, directory: runs.directoryOf(stack.id) }),
    );
  }
});

describe("the drift drill", () => {
  playsTheDriftDrill(estate, () => ({ localAws, folder }));
});

test("every stack plans empty afterwards", async () => {
  const { summaries, failures } = await planEstate({ runs, runner, folder: plans, stacks });
  expect(failures).toEqual([]);
  expect(summaries.flatMap(({ changes }) => changes)).toEqual([]);
});

const driftOf = async (id: string) => {
  const stack = stacks.find((candidate) => candidate.id === id);
  return stack ? driftOfStack(runs, stack, silent) : [];
};

test("an apply and the drill leave no drift", async () => {
  const ids = ["prod-foundation", "prod-mammo-severity", "registry"];
  expect(await sideBySide(ids, parallelRuns(), driftOf)).toEqual([[], [], []]);
});

test("an inventory of leftovers sees what stands before the teardown", async () => {
  expect(await leftovers(estate)).toContain("prod: mlops-prod-sagemaker-data-222222222222");
});

test("state lies in each account's own bucket, and nowhere else", async () => {
  for (const stack of stacks)
    expect((await (await accounts.stateOf(stack)).version()).serial).toBeGreaterThan(0);
});

readsBackFromEachAccount(estate);

describe("events put on the bus of prod", () => {
  deliversEvents(estate);
});

test("drift is what somebody else has changed, removed or added", async () => {
  await tamperWith(estate, "prod");
  const [foundation, model] = await sideBySide(
    ["prod-foundation", "prod-mammo-severity"],
    parallelRuns(),
    driftOf,
  );
  const paths = foundation?.map(({ address, attributes }) => [address.split(".")[0], attributes[0]?.path]);
  expect(paths).toEqual([
    ["aws_iam_role", "inline_policy[backdoor]"],
    ["aws_s3_bucket_versioning", "versioning_configuration[0].status"],
  ]);
  const drifts = model?.map(({ address, drift }) => [address.split(".")[0], drift]);
  expect(drifts).toContainEqual(["aws_cloudwatch_event_target", "gone"]);
  expect(drifts).toContainEqual(["aws_cloudwatch_event_rule", "changed"]);
});

test("every stack destroys clean with all it holds, the state buckets last", async () => {
  const administrator = new Accounts(estate, estate.shared.adminRole);
  const holdings = await holdingsOfStacks(administrator, stacks);
  expect(holdings.map(({ id }) => id)).toEqual(stacks.map(({ id }) => id));
  await removeBackdoor(estate, "prod");
  const { destroyed, failures } = await destroyEstate({
    estate,
    runs,
    accounts: administrator,
    runner,
    holdings,
  });
  expect(failures).toEqual([]);
  expect(destroyed.toSorted()).toEqual(stacks.map(({ id }) => id).toSorted());
  expect(await leftovers(estate)).toEqual([]);
});
