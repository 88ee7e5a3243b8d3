import type { StackDescription } from "../../stacks/list";
import type { Accounts } from "../access/accounts";
import { forceUnlock } from "../terraform/terraform";
import { initStack } from "./init-stack";
import { explain } from "./remedies";
import { optionsFor, type TerraformContext } from "./terraform-context";
import type { Lock } from "./state-object";
import { Refusal } from "./refusal";

/** Who holds the lock on a stack's state; undefined where it is free. @throws Error saying what the caller lacks */
export const lockOf = async (accounts: Accounts, stack: StackDescription): Promise<Lock | undefined> =>
  (await accounts.stateOf(stack)).lock();

/**
 * Releases a lock whose holder is dead.
 * @param id the lock's own, so that nobody releases one taken since
 * @throws Refusal where another lock, or none, is held
 */
export async function releaseLock(
  { runs, accounts }: { readonly runs: TerraformContext; readonly accounts: Accounts },
  stack: StackDescription,
  { held, id }: { readonly held: Lock | undefined; readonly id: string },
): Promise<void> {
  if (held?.id !== id)
    throw new Refusal(`The state of ${stack.id} was not unlocked`, [
      held ? `its lock is ${held.id}, held by ${held.who} since ${held.since}` : "nobody holds a lock on it",
    ]);
  await initStack(runs, accounts, stack).catch(explain(stack));
  await forceUnlock(optionsFor(runs, stack), id);
}
