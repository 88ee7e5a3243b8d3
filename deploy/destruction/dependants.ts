import type { Environment, Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { workloadsOf } from "../../stacks/topology";
import type { Accounts } from "../access/accounts";
import { usedByProjects } from "../plans/used-by-projects";
import { managedIn } from "../terraform/state-json";
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

/** SageMaker projects that stand and use what stacks hold. */
export async function projectsUsing(
  accounts: Accounts,
  stacks: readonly StackDescription[],
): Promise<string[]> {
  const lines = stacks.map(async (stack) =>
    usedByProjects(accounts, stack, managedIn(await (await accounts.stateOf(stack)).read())),
  );
  return (await Promise.all(lines)).flat();
}
