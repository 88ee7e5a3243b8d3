import { Refusal } from "../../../../deploy/estate/refusal";
import * as applying from "../../../../deploy/plans/apply-estate";
import { PlanFolder } from "../../../../deploy/plans/plan-folder";
import type { ReleaseRequest } from "../../../../deploy/releases/release";
import { allGoesWell, passed, pending, plans, recorded, release, run, serving, steps } from "./releasing";

jest.mock("../../../../deploy/plans/apply-estate");
jest.mock("../../../../deploy/plans/plan-estate");

beforeEach(allGoesWell);

test("a release is planned, confirmed, applied, tested, and recorded last, with what served before", async () => {
  expect(await run()).toEqual({ release: release(2), before: release(1), test: passed, refused: undefined });
  expect(steps).toEqual(["confirm", "apply", "test", "record"]);
  expect(plans).toEqual([2]);
  expect(recorded()).toEqual([[release(2), release(1)]]);
});

test("killed after its apply, it does what is left when it is run again", async () => {
  pending(false);
  await run();
  expect(steps).toEqual(["test", "record"]);
});

test("an update that AWS rolled back is taken back before anything is tested or recorded", async () => {
  serving("mammo-severity-1-4c70dcc0");
  const { refused } = await run();
  expect(refused).toBe(
    "mammo-severity must serve mammo-severity-2-4c70dcc0, but mammo-severity-1-4c70dcc0 serves",
  );
  expect([steps, plans]).toEqual([
    ["confirm", "apply", "apply"],
    [2, undefined],
  ]);
  expect(recorded()).toEqual([]);
});

test("a version that scores worse is taken back, and the recorded one stays", async () => {
  const { refused } = await run({ test: () => Promise.resolve({ ...passed, auc: 0.7, passed: false }) });
  expect(refused).toBe("its AUC is 0.7000, and was 0.9000 when it was registered");
  expect(plans).toEqual([2, undefined]);
  expect(recorded()).toEqual([]);
});

test("what is not confirmed changes nothing", async () => {
  await expect(run({ confirm: () => Promise.reject(new Error("no")) })).rejects.toThrow("no");
  expect(steps).toEqual([]);
});

test("where nothing can be taken back it says what failed first, and what leads back", async () => {
  jest
    .mocked(applying.applyEstate)
    .mockResolvedValue([{ stack: "s", outcome: "failed", reason: "no network" }]);
  await expect(run()).rejects.toThrow(
    "no network\nand what was recorded could not be restored: no network\n→ npx mlops plan s leads back to it",
  );
});

describe("a plan that was saved, and approved", () => {
  const digest = "d".repeat(64);
  const approval = { approvers: [], approvedBy: "alice" };
  const saved = {
    folder: new PlanFolder("saved"),
    manifest: { stacks: [{ id: "s", counts: { create: 1 } }] },
    ...{ digest, approval, build: "https://jenkins.example.com/job/7/" },
  } as unknown as ReleaseRequest["saved"];

  test("is applied as it is, with its candidate, digest and approver; nobody is asked again", async () => {
    expect(await run({ saved })).toMatchObject({ refused: undefined });
    expect(steps).toEqual(["apply", "test", "record"]);
    expect(plans).toEqual([]);
    const [[request] = []] = jest.mocked(applying.applyEstate).mock.calls.slice(-1);
    expect(request).toMatchObject({ ...{ digest, approval }, folder: { path: "saved" } });
  });

  test("and refused before anything was applied, takes nothing back", async () => {
    const refusal = new Refusal("Nothing was applied", ["state has moved on since the plan"]);
    jest.mocked(applying.applyEstate).mockRejectedValue(refusal);
    await expect(run({ saved })).rejects.toBe(refusal);
    expect(plans).toEqual([]);
  });

  test("and failed after it was applied, is taken back by a plan of its own, which nobody approves", async () => {
    serving("mammo-severity-1-4c70dcc0");
    await run({ saved });
    expect(plans).toEqual([undefined]);
    const [[request] = []] = jest.mocked(applying.applyEstate).mock.calls.slice(-1);
    expect(request?.approval).toBeUndefined();
  });
});
