import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stateStackId } from "../../core/stack-ids";
import type { Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { removedKind } from "../../stacks/removed";
import type { Accounts } from "../access/accounts";
import { StateObject } from "../estate/state-object";
import { heldElsewhere, type StackState } from "./held-elsewhere";
import { removedConfiguration, type Configuration } from "./removed-configuration";

/** What it takes to find out what a removed stack holds alone. */
interface Removal {
  readonly estate: Estate;
  readonly accounts: Accounts;
  readonly directoryOf: (stack: string) => string;
  /** The stacks that the code has. */
  readonly inCode: readonly StackDescription[];
}

/** Writes Terraform's files of those stacks that the code has no more, beside those that were synthesised. */
export async function synthesiseRemoved(
  removal: Removal,
  stacks: readonly StackDescription[],
): Promise<void> {
  const { directoryOf } = removal;
  for (const stack of stacks.filter(({ kind }) => kind === removedKind.kind)) {
    const sibling = join(directoryOf(stateStackId(stack.environment)), "cdk.tf.json");
    const configuration = JSON.parse(readFileSync(sibling, "utf8")) as Configuration;
    const removed = removedConfiguration(configuration, stack.id, await leftAlone(removal, stack));
    mkdirSync(directoryOf(stack.id), { recursive: true });
    writeFileSync(join(directoryOf(stack.id), "cdk.tf.json"), JSON.stringify(removed, undefined, 2));
  }
}

/** What other stacks of the account hold too. Whoever may destroy the one may read the states of the others. */
async function leftAlone(
  { estate, accounts, inCode }: Removal,
  stack: StackDescription,
): Promise<readonly string[]> {
  const access = await accounts.of(stack);
  const stateOf = async (each: StackDescription): Promise<StackState> => ({
    stack: each,
    state: await new StateObject(estate, each, access).read(),
  });
  const neighbours = inCode.filter(({ environment }) => environment === stack.environment);
  return heldElsewhere(await stateOf(stack), await Promise.all(neighbours.map(stateOf)));
}
