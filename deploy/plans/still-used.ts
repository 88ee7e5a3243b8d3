import { readFileSync } from "node:fs";
import { models } from "../../pipelines";
import { listStacks, type StackDescription } from "../../stacks/list";
import { removedKind } from "../../stacks/removed";
import type { Accounts } from "../access/accounts";
import { findRemoved } from "../removal/find-removed";
import { readPlanFile, type PlanFile } from "../terraform/plan-file";
import { addressOf, managedIn, type StateJson, type StateResource } from "../terraform/state-json";

/**
 * What a plan destroys although a stack that the code has no more stands, and uses it: an endpoint whose role is gone serves on until it
 * needs that role. Empty where there is nothing of the kind, or where the role may not look.
 * @param file of its saved plan
 */
export async function stillUsed(
  accounts: Accounts,
  stack: StackDescription,
  file: string,
): Promise<string[]> {
  if (!seesRemoved(accounts, stack)) return [];
  const going = destroyedBy(readPlanFile(readFileSync(file)));
  const lines = await Promise.all(
    (await removedBesideIt(accounts, stack)).map(async (other) => {
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

async function removedBesideIt(
  accounts: Accounts,
  { environment }: StackDescription,
): Promise<StackDescription[]> {
  try {
    const { estate } = accounts;
    return await findRemoved(estate, accounts, [environment], listStacks(estate, models));
  } catch (error) {
    if ((error as Error).name !== "AccessDenied") throw error;
    return [];
  }
}

const describe = ({ id }: StackDescription, other: StackDescription, used: readonly string[]): string =>
  `${id}: would destroy what ${other.id} uses, which the code has no more and which stands: ${used.join(", ")}; ` +
  `mlops destroy ${other.id} first, then plan again`;

interface Configuration {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly removed?: readonly { readonly from: string }[];
}

/** Resources that a saved plan destroys: neither do its files have them, nor leave them on AWS. */
export function destroyedBy({ configuration, state }: PlanFile): StateResource[] {
  const files = Object.values(configuration).map((text) => JSON.parse(text) as Configuration);
  return managedIn(state).filter((resource) =>
    files.every(
      ({ resource: known, removed = [] }) =>
        known?.[resource.type]?.[resource.name] === undefined &&
        !removed.some(({ from }) => from === addressOf(resource)),
    ),
  );
}

/** Addresses of those whose ARN is said in a state, in a policy or a definition, too. */
export function usedOf(going: readonly StateResource[], state: Pick<StateJson, "resources">): string[] {
  const text = JSON.stringify(managedIn(state));
  return going.flatMap((resource) => {
    const arns = resource.instances.flatMap(({ attributes }) => attributes?.arn ?? []);
    return arns.some((arn) => typeof arn === "string" && isSaid(arn, text)) ? [addressOf(resource)] : [];
  });
}

/** Not as the beginning of another name. */
const isSaid = (arn: string, text: string): boolean =>
  text.split(arn).some((rest, index) => index > 0 && !/^[\w+=,.@-]/.test(rest));
