import { didYouMean } from "../../config/suggest";
import type { Environment } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { Refusal } from "./refusal";
import type { Applier } from "../../stacks/kind";
import { applierOf } from "./stack-facts";

export interface Selection {
  /** Ids of stacks. @default all */
  readonly ids?: readonly string[];
  /** Only the stacks that this one applies. @default anybody's */
  readonly appliedBy?: Applier | undefined;
  /** Only those in this environment's account. @default any */
  readonly environment?: Environment | undefined;
}

/** A name that means no stack, or an account that is not the one asked for. */
export class SelectionError extends Refusal {}

/** The stacks asked for, in the estate's order. @throws SelectionError with every id that no stack has */
export function selectStacks(
  stacks: readonly StackDescription[],
  { ids = [], appliedBy, environment }: Selection,
): StackDescription[] {
  const isThere = (stack: StackDescription) => environment === undefined || stack.environment === environment;
  const known = stacks.map(({ id }) => id);
  const unknown = ids.filter((id) => !known.includes(id));
  if (unknown.length > 0)
    throw new SelectionError(
      "There is no such stack",
      unknown.map((id) => `${id}${didYouMean(id, known) || `; there is: ${known.join(", ")}`}`),
    );
  if (ids.length === 0)
    return stacks.filter(
      (stack) => isThere(stack) && (appliedBy === undefined || applierOf(stack) === appliedBy),
    );
  const selected = stacks.filter(({ id }) => ids.includes(id));
  const others = selected.filter((stack) => appliedBy !== undefined && applierOf(stack) !== appliedBy);
  if (others.length > 0)
    throw new SelectionError(
      `Not all stacks are applied by ${appliedBy ?? ""}`,
      others.map((stack) => `${stack.id} is applied by ${applierOf(stack)}`),
    );
  const elsewhere = selected.filter((stack) => !isThere(stack));
  if (elsewhere.length > 0)
    throw new SelectionError(
      `Not all stacks are in ${environment?.name ?? ""}`,
      elsewhere.map((stack) => `${stack.id} is in ${stack.environment.name}`),
    );
  return selected;
}

/** @throws SelectionError naming every stack that is in none of these accounts */
export function requireAccounts(
  stacks: readonly StackDescription[],
  accounts: readonly string[] | undefined,
): void {
  const others = stacks.filter(({ environment }) => accounts?.includes(environment.account) === false);
  if (others.length > 0)
    throw new SelectionError(
      `Not all stacks are in account ${accounts?.join(", ") ?? ""}`,
      others.map(({ id, environment }) => `${id} is in ${environment.account} (${environment.name})`),
    );
}
