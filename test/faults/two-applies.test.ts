import { Deployment } from "./support/deployment";
import { outcomesOf } from "../support/deployment";
import { wholeStack, SmallStacks } from "./support/small-stacks";

let small: SmallStacks;

beforeAll(async () => {
  small = await SmallStacks.start(["contested", "raced"]);
});
afterAll(() => small.stop());

test.concurrent("an apply beside another on one stack is refused by name, and nothing is lost", async () => {
  const { wire } = small;
  const deployment = new Deployment(small, ["contested"]);
  await deployment.plan();
  const hold = wire.hold({ session: "contested", action: "CreateInstanceProfile" });
  const first = deployment.apply();
  await hold.reachedDuring(first);
  const refused: unknown = await deployment.apply().catch((error: unknown) => error);
  expect((refused as Error).message.split("\n")).toEqual([
    "Nothing was applied:",
    expect.stringMatching(
      /^ {2}contested: state locked by \S+@\S+ since \S+ for OperationTypeApply; if that run is dead: mlops unlock contested$/,
    ),
    "  Plan again: only what was planned on this is applied",
  ]);
  hold.release();
  expect(outcomesOf(await first)).toEqual({ contested: "applied" });
  expect(await small.typesInState("contested")).toEqual(wholeStack);
});

test.concurrent(
  "of two that take the lock at the same moment, one waits and then finds its plan stale",
  async () => {
    const { wire } = small;
    const deployment = new Deployment(small, ["raced"]);
    await deployment.plan();
    const deployments = [deployment, deployment.copy()];
    const lock = wire.hold({ session: "raced", action: /^PUT .*tflock/ });
    const both = deployments.map((deployment) => deployment.apply());
    await lock.reachedDuring(Promise.race(both), 2);
    lock.release();
    const outcomes = (await Promise.all(both)).flat();
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(["applied", "failed"]);
    expect(outcomes.map(({ reason }) => reason).join("")).toContain("Saved plan is stale");
    expect(wire.seen({ session: "raced", action: "CreateRole" })).toHaveLength(1);
    expect(await small.typesInState("raced")).toEqual(wholeStack);
  },
);
