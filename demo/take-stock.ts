import type { Estate } from "../config/schema";
import { pullStackState, type StackRuns } from "../deploy/estate/stack-runs";
import type { StackDescription } from "../stacks/list";
import { resourcesIn, takeInventory, type AccountInventory } from "./inventory";

/** What stands in every account after a run. */
export interface Stock {
  readonly accounts: readonly AccountInventory[];
  /** Number of resources by stack id. */
  readonly resources: ReadonlyMap<string, number>;
}

/** Counts what the states of all stacks hold. */
export async function takeStock(
  runs: StackRuns,
  { environments }: Estate,
  stacks: readonly StackDescription[],
): Promise<Stock> {
  const states = new Map(
    await Promise.all(stacks.map(async (stack) => [stack.id, await pullStackState(runs, stack)] as const)),
  );
  const accounts = environments.map((environment) => {
    const own = stacks.filter((stack) => stack.environment === environment);
    return takeInventory(
      environment,
      own.map(({ id }) => states.get(id) ?? "{}"),
    );
  });
  return { accounts, resources: new Map([...states].map(([id, state]) => [id, resourcesIn(state)])) };
}
