import type { Estate } from "../config/schema";
import type { Accounts } from "../deploy/access/accounts";
import { resourcesIn } from "../deploy/terraform/state-json";
import type { StackDescription } from "../stacks/list";
import { takeInventory, type AccountInventory } from "./inventory";

/** What is in every account after a run. */
export interface Stock {
  readonly accounts: readonly AccountInventory[];
  /** Number of resources by stack id. */
  readonly resources: ReadonlyMap<string, number>;
}

/** Counts what the states of all stacks hold. */
export async function takeStock(
  accounts: Accounts,
  { environments }: Estate,
  stacks: readonly StackDescription[],
): Promise<Stock> {
  const states = await Promise.all(
    stacks.map(async (stack) => ({ stack, state: await (await accounts.stateOf(stack)).read() })),
  );
  return {
    accounts: environments.map((environment) => {
      const own = states.filter(({ stack }) => stack.environment === environment);
      return takeInventory(
        environment,
        own.map(({ state }) => state),
      );
    }),
    resources: new Map(states.map(({ stack, state }) => [stack.id, resourcesIn(state)])),
  };
}
