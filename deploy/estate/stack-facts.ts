import type { Estate } from "../../config/schema";
import { applyRole } from "../../stacks/context";
import type { Applier, StackDescription } from "../../stacks/kind";
import { kindOf } from "../../stacks/list";

/** What people want to know of a stack, computed from configuration alone. */
export interface StackFacts {
  readonly id: string;
  readonly kind: string;
  /** Name of the environment whose account it is in. */
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly appliedBy: Applier;
  /** Role that its provider and state backend assume by default. */
  readonly role: string;
  /** What it holds, the most important first. */
  readonly holds: readonly string[];
}

export function stackFacts(estate: Estate, stack: StackDescription): StackFacts {
  const { id, kind, environment } = stack;
  const { name, account, region } = environment;
  const holds = kindOf(stack).contents(estate, stack);
  const role = applyRole(estate, stack);
  return { id, kind, environment: name, account, region, appliedBy: applierOf(stack), role, holds };
}

export const applierOf = (stack: StackDescription): Applier => kindOf(stack).appliedBy(stack);

export const applierNames: Readonly<Record<Applier, string>> = {
  administrator: "an administrator",
  ci: "the CI server",
};
