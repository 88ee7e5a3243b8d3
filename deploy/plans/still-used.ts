import { readFileSync } from "node:fs";
import { models } from "../../pipelines";
import { listStacks, type StackDescription } from "../../stacks/list";
import { removedKind } from "../../stacks/removed";
import { AccessError } from "../access/access-error";
import type { Accounts } from "../access/accounts";
import { findRemoved } from "../removal/find-removed";
import { readPlanFile, type PlanFile } from "../terraform/plan-file";
import { addressOf, managedIn, type StateJson, type StateResource } from "../terraform/state-json";
import { saidIn } from "./said-in";
import { usedByProjects } from "./used-by-projects";

/**
 * What a plan destroys, or makes anew, although something that stands uses it: a stack that the code has no more, or a SageMaker project.
 * Empty where there is nothing of the kind, or where the role may not look.
 * @param file of its saved plan
 */
export async function stillUsed(
  accounts: Accounts,
  stack: StackDescription,
  file: string,
): Promise<string[]> {
  const going = destroyedBy(readPlanFile(readFileSync(file)));
  const lines = [usedByRemoved(accounts, stack, going), usedByProjects(accounts, stack, going)];
  return (await Promise.all(lines)).flat();
}

/** An endpoint whose role is gone serves on until it needs that role. */
async function usedByRemoved(
  accounts: Accounts,
  stack: StackDescription,
  going: readonly StateResource[],
): Promise<string[]> {
  if (!seesRemoved(accounts, stack)) return [];
  const lines = await Promise.all(
    (await removedStacks(accounts)).map(async (other) => {
      const state = await (await accounts.stateOf(other)).read();
      const used = usedOf(going, state);
      return used.length > 0 ? [describe(stack, other, used)] : [];
    }),
  );
  return lines.flat();
}

/** Those that the code has no more are an administrator's. */
const seesRemoved = (accounts: Accounts, stack: StackDescription): boolean =>
  stack.kind !== removedKind.kind &&
  accounts.roleOf(stack) === accounts.roleOf({ ...stack, kind: removedKind.kind });

/** Of every account where the caller may look: what one has, such as a registry, others use. */
async function removedStacks(accounts: Accounts): Promise<StackDescription[]> {
  const { estate } = accounts;
  const inCode = listStacks(estate, models);
  const found = await Promise.all(
    estate.environments.map((environment) =>
      findRemoved(estate, accounts, [environment], inCode).catch((error: unknown) => {
        if (error instanceof AccessError || (error as Error).name === "AccessDenied") return [];
        throw error;
      }),
    ),
  );
  return found.flat();
}

const describe = ({ id }: StackDescription, other: StackDescription, used: readonly string[]): string =>
  `${id}: would destroy what ${other.id} uses, which the code has no more and which stands: ${used.join(", ")}; ` +
  `mlops destroy ${other.id} first, then plan again`;

/** Resources that a saved plan destroys, or makes anew. */
export const destroyedBy = ({ destroyed, state }: Pick<PlanFile, "destroyed" | "state">): StateResource[] =>
  managedIn(state).filter((resource) => destroyed.includes(addressOf(resource)));

/** Addresses of those whose ARN or name is said in a state. */
export const usedOf = (going: readonly StateResource[], state: Pick<StateJson, "resources">): string[] =>
  saidIn(going, JSON.stringify(managedIn(state).map(({ instances }) => instances)));
