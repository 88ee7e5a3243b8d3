import type { Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { namesOfAccount } from "../../stacks/topology";
import type { Accounts } from "../access/accounts";
import { describeLack, findStateBucket } from "./state-bucket";
import type { StackFailure } from "./stack-runner";

/** Stacks that can be planned, and why the others cannot. */
export interface StacksByState {
  readonly ready: readonly StackDescription[];
  readonly without: readonly StackFailure[];
}

/**
 * Tells apart the stacks whose account has no state bucket yet, or has it in another region: Terraform would say so at
 * length, for each of them.
 */
export async function stacksByState(
  estate: Estate,
  accounts: Accounts,
  stacks: readonly StackDescription[],
): Promise<StacksByState> {
  const environments = [...new Map(stacks.map((stack) => [stack.environment.name, stack])).values()];
  const found = await Promise.all(
    environments.map(
      async (stack) => [stack.environment.name, await lackOf(estate, accounts, stack)] as const,
    ),
  );
  const lacks = new Map(found);
  return {
    ready: stacks.filter(({ environment }) => lacks.get(environment.name) === undefined),
    without: stacks.flatMap(({ id, environment }) => {
      const reason = lacks.get(environment.name);
      return reason === undefined ? [] : [{ stack: id, reason }];
    }),
  };
}

/** Why there is no state bucket to work with; undefined where there is one. Whatever else is wrong with it, Terraform says. */
async function lackOf(
  estate: Estate,
  accounts: Accounts,
  stack: StackDescription,
): Promise<string | undefined> {
  const { stateBucket } = namesOfAccount(estate, stack.environment);
  const found = await findStateBucket(await accounts.of(stack), stateBucket).catch(() => "here" as const);
  return found === "here" ? undefined : describeLack(found, stack.environment);
}
