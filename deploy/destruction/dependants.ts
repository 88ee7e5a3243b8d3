import type { Environment, Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { workloadsOf } from "../../stacks/topology";
import type { Accounts } from "../access/accounts";
import { contentsOfStacks } from "./state-contents";

/** Stacks of other environments that still stand and need this one: its registry, or its Jenkins server. */
export async function deployedDependants(
  estate: Estate,
  accounts: Accounts,
  stacks: readonly StackDescription[],
  { name }: Environment,
): Promise<string[]> {
  const users = workloadsOf(estate).filter(({ registry, ci }) => registry === name || ci === name);
  const theirs = stacks.filter(
    ({ kind, environment }) => kind !== "state" && users.some((user) => user === environment),
  );
  const deployed = await contentsOfStacks(accounts, theirs);
  return deployed.map(({ id, resources }) => `${id} needs it, and still has ${resources} resources`);
}
