import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plan, validate } from "../../deploy/terraform/terraform";
import { tearDownStack } from "../../deploy/estate/teardown";
import { applyStack, pullStackState, type StackRuns } from "../../deploy/estate/stack-runs";
import { createStateBucket } from "../../deploy/estate/state-bucket";
import { teardownWavesOf, wavesOf } from "../../deploy/estate/waves";
import { models } from "../../pipelines";
import { startLocalAws, type LocalAws } from "../../sandbox/local-aws";
import { useLocalAws } from "../../sandbox/start/environment";
import { synthesise } from "../../sandbox/start/synthesise";
import { listStacks } from "../../stacks/list";
import { emptyEstate } from "../support/empty-estate";
import { leftovers } from "../support/leftovers";
import { sideBySide } from "../support/side-by-side";
import { readEstate } from "../support/estate";
import { tools } from "../support/tools";
import { readsBackFromEachAccount } from "../support/deployed-estate";
import { playsTheDriftDrill } from "../support/drift-drill";
import { deliversEvents } from "../support/event-delivery";

jest.setTimeout(600_000);

const estate = readEstate();
const stacks = listStacks(estate, models);
const silent = () => undefined;

let folder: string;
let localAws: LocalAws;
let runs: StackRuns;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "estate-"));
  const { terraform, python } = tools();
  localAws = await startLocalAws({ python, callerAccount: "444444444444", logFile: join(folder, "log") });
  useLocalAws(localAws.environment);
  runs = { tool: terraform, directoryOf: await synthesise(join(folder, "cdktf.out")) };
});

afterAll(async () => {
  await localAws.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("the whole estate applies to local AWS, from nothing, and every stack is valid", async () => {
  await sideBySide(estate.environments, (environment) => createStateBucket(estate, environment));
  for (const wave of wavesOf(stacks)) {
    await sideBySide(wave.stacks, async (stack) => {
      await applyStack(runs, stack, silent);
      await validate({ ...runs.tool, directory: runs.directoryOf(stack.id) });
    });
  }
});

describe("the drift drill", () => {
  playsTheDriftDrill(estate, () => ({ localAws, folder }));
});

test("every stack plans empty afterwards", async () => {
  const pending = await sideBySide(stacks, async (stack) => {
    const { changes } = await plan({ ...runs.tool, directory: runs.directoryOf(stack.id) });
    return changes.map(({ action, resource }) => `${stack.id}: ${action} ${resource.addr}`);
  });
  expect(pending.flat()).toEqual([]);
});

test("an inventory of leftovers sees what stands before the teardown", async () => {
  expect(await leftovers(estate)).toContain("prod: mlops-prod-sagemaker-data-222222222222");
});

test("state lies in each account's own bucket, and nowhere else", async () => {
  const states = await sideBySide(stacks, (stack) => pullStackState(runs, stack));
  for (const state of states) expect((JSON.parse(state) as { serial: number }).serial).toBeGreaterThan(0);
});

readsBackFromEachAccount(estate);

describe("events put on the bus of prod", () => {
  deliversEvents(estate);
});

test("every stack destroys clean once its data is gone, protected resources only by lifting their protection", async () => {
  await emptyEstate(estate);
  for (const wave of teardownWavesOf(stacks)) {
    await sideBySide(wave.stacks, (stack) => tearDownStack(runs, estate, stack, silent));
  }
  expect(await leftovers(estate)).toEqual([]);
});
