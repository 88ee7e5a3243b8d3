import { Deployment, outcomesOf } from "./deployment";
import { wholeStack, type FaultPlace } from "./place";

export const contestedStacks = ["contested", "raced"];

/** Tests of two applies at once. */
export function keepsAppliesApart(place: () => FaultPlace): void {
  test.concurrent(
    "an apply beside another on one stack is refused by name, and nothing is lost",
    async () => {
      const { wire } = place();
      const deployment = new Deployment(place(), ["contested"]);
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
      expect(await place().standingIn("contested")).toEqual(wholeStack);
    },
  );

  test.concurrent(
    "of two that take the lock at the same moment, one waits and then finds its plan stale",
    async () => {
      const { wire } = place();
      const deployment = new Deployment(place(), ["raced"]);
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
      expect(await place().standingIn("raced")).toEqual(wholeStack);
    },
  );
}
