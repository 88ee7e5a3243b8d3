import type { Estate, Kind } from "../../config/schema";
import type { ModelDefinition } from "../../pipelines/model";
import type { Link } from "../../stacks/kind";
import { kindOf, listStacks } from "../../stacks/list";
import { stackFacts, type StackFacts } from "../estate/stack-facts";

/** An account with the stacks in it. */
export interface AccountNode {
  /** Its environment's name. */
  readonly name: string;
  readonly account: string;
  readonly kind: Kind;
  readonly stacks: readonly StackFacts[];
}

export interface EstateGraph {
  readonly accounts: readonly AccountNode[];
  readonly edges: readonly Link[];
}

/** Accounts, the stacks in them, and what they let one another do: computed from configuration, as the policies are. */
export function estateGraph(estate: Estate, models: readonly ModelDefinition[]): EstateGraph {
  const stacks = listStacks(estate, models);
  const facts = stacks.map((stack) => stackFacts(estate, stack));
  return {
    accounts: estate.environments.map(({ name, account, kind }) => ({
      name,
      account,
      kind,
      stacks: facts.filter(({ environment }) => environment === name),
    })),
    edges: stacks.flatMap((stack) => kindOf(stack).links(estate, stack)),
  };
}
