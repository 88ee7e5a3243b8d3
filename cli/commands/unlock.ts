import { lockOf, releaseLock } from "../../deploy/estate/unlock";
import type { Lock } from "../../deploy/estate/state-object";
import { printable } from "../../deploy/plans/render/printable";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { withSynthesisedStacks } from "../estate/stack-session";
import { factsOf } from "../table";

export const addUnlock: AddCommand = (parent, act) => {
  documented(parent, "unlock", {
    summary: "Show who holds the lock on a stack's state, or release it",
    details:
      "A run that was killed leaves its lock behind. Release it only once that run is surely dead: two applies at " +
      "once lose one's state. A run that waits for a live lock gives up after a minute.",
    examples: [
      "unlock prod-mammo-severity",
      "unlock prod-mammo-severity --force 7a9e2f70-3d1c-4a55-9a77-0b8e6f1c2d3e",
    ],
  })
    .argument("<stack>", "id of the stack (mlops list shows them)")
    .option("--force <lock-id>", "release this lock")
    .action(act(unlock));
};

function unlock(context: Context, id: string, { force }: { readonly force?: string }): Promise<Answer> {
  return withSynthesisedStacks(
    context,
    { ids: [id], removed: "by id" },
    async ({ accounts, runs, stacks }) => {
      const [stack] = stacks;
      if (!stack) throw new Error(`no stack ${id}`);
      const held = await lockOf(accounts, stack);
      if (force === undefined)
        return { json: { stack: id, lock: held ?? null }, text: describeLock(id, held) };
      await releaseLock({ runs, accounts }, stack, { held, id: force });
      return { json: { stack: id, lock: null, released: held }, text: `The state of ${id} is unlocked` };
    },
  );
}

function describeLock(stack: string, lock: Lock | undefined): string {
  if (!lock) return `The state of ${stack} is not locked`;
  const { id, who, operation, since } = lock;
  const facts = factsOf({ stack, "held by": who, since, for: operation, lock: id });
  return [...facts.map(printable), "", `If that run is dead: mlops unlock ${stack} --force ${id}`].join("\n");
}
