import { EventEmitter, once } from "node:events";
import type { ActingApplier, Appliers } from "../../../demo/appliers";
import { Stages } from "../../../demo/drill/stage";
import { StackStages } from "../../../demo/stack-stages";
import type { Wave } from "../../../deploy/estate/waves";
import { applyEstate } from "../../../deploy/plans/apply-estate";
import { planEstate } from "../../../deploy/plans/plan-estate";
import type { StackDescription } from "../../../stacks/list";

jest.mock("../../../deploy/plans/plan-estate");
jest.mock("../../../deploy/plans/apply-estate");

const stack = { id: "dev-foundation" } as StackDescription;
const wave = (title: string, kind: string): Wave => ({
  title,
  stacks: [{ id: title, kind } as StackDescription],
});
const waves = [wave("foundations", "foundation"), wave("models", "model")];

let went: string[];
let interrupt: AbortController;
let stages: Stages;
/** Whether the roles stand that plan the models. */
let reached: () => boolean;
let deployment: StackStages;

beforeEach(() => {
  went = [];
  interrupt = new AbortController();
  stages = new Stages((line) => went.push(line.replace(/ \(.*/, "")));
  reached = () => true;
  deployment = new StackStages(
    stages,
    { of: (stacks: StackDescription[]) => Promise.resolve([applierOf(stacks)]) } as unknown as Appliers,
    interrupt.signal,
    () => undefined,
  );
  jest
    .mocked(planEstate)
    .mockResolvedValue({ summaries: [], failures: [], manifest: { stacks: [] } } as never);
  jest.mocked(applyEstate).mockResolvedValue([]);
});

const applierOf = (stacks: StackDescription[]) =>
  ({
    stacks,
    accounts: {
      stateOf: () =>
        Promise.resolve({
          version: () => (reached() ? Promise.resolve({}) : Promise.reject(new Error("AccessDenied"))),
        }),
    },
  }) as unknown as ActingApplier;

test("the last wave is planned while the one before it is applied, once whoever plans it may", async () => {
  const apply = new EventEmitter();
  jest.mocked(applyEstate).mockReturnValue(once(apply, "end").then(() => []));
  let asked = 0;
  reached = () => ++asked > 1;
  jest.mocked(planEstate).mockImplementation(({ stacks }) => {
    if (stacks[0]?.id === "models") apply.emit("end");
    return Promise.resolve({ summaries: [], failures: [], manifest: { stacks: [] } } as never);
  });
  const planned = await deployment.deployUpToLast(waves);
  expect([planned?.title, asked]).toEqual(["models", 2]);
  expect(went.slice(0, 4)).toEqual([
    "▸ Plan foundations",
    "✓ Plan foundations: 1 stacks, planned",
    "▸ Apply foundations",
    "▸ Plan models",
  ]);
});

test("a foundation, which looks up its network, is planned when that is applied", async () => {
  await deployment.deployUpToLast([wave("networks", "network"), wave("foundations", "foundation")]);
  const order = ["✓ Apply networks: 1 stacks, applied", "▸ Plan foundations"];
  expect(went.filter((line) => order.includes(line))).toEqual(order);
});

test("where the roles never stand, the last wave is planned when the one before it is applied, which says why", async () => {
  reached = () => false;
  await deployment.deployUpToLast(waves);
  expect(went.indexOf("✓ Apply foundations: 1 stacks, applied")).toBeLessThan(went.indexOf("▸ Plan models"));
});

test("a wave that cannot be applied ends the waiting, and the next is not planned", async () => {
  reached = () => false;
  jest
    .mocked(applyEstate)
    .mockResolvedValue([{ stack: "foundations", outcome: "failed", reason: "no such role" }]);
  await expect(deployment.deployUpToLast(waves)).rejects.toThrow("1 of the stacks failed: foundations");
  expect(went.at(-1)).toBe("✗ Apply foundations: 1 of the stacks failed: foundations");
});

test("what was interrupted is not said to be applied, and nothing else begins", async () => {
  interrupt.abort(new Error("interrupted"));
  await expect(deployment.deployUpToLast(waves)).rejects.toThrow("interrupted");
  await expect(deployment.planAgain([stack], "Plan again what stands")).rejects.toThrow("interrupted");
  expect(stages.done.map(({ name, status }) => [name, status])).toEqual([
    ["Plan foundations", "failed"],
    ["Plan again what stands", "failed"],
  ]);
});
