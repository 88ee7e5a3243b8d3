import { stackFacts, type StackFacts } from "../../deploy/estate/stack-facts";
import { models } from "../../pipelines";
import { listStacks } from "../../stacks/list";
import { documented, type AddCommand } from "../command";
import { tableOf } from "../table";

export const addList: AddCommand = (parent, act) => {
  documented(parent, "list", {
    summary: "List the stacks: their account, who applies them, what they hold",
    details: "Computed from the environment files alone; asks AWS nothing.",
    examples: ["list", "list --json", "list --environments ../other-estate"],
  }).action(
    act(({ estate }) => {
      const stacks = listStacks(estate, models).map((stack) => stackFacts(estate, stack));
      return Promise.resolve({ json: stacks, text: describe(stacks) });
    }),
  );
};

function describe(stacks: readonly StackFacts[]): string {
  const rows = stacks.map(({ id, account, environment, appliedBy, holds }) => [
    id,
    `${account} (${environment})`,
    appliedBy,
    holds.join("; "),
  ]);
  return tableOf([["STACK", "ACCOUNT", "APPLIED BY", "HOLDS"], ...rows]).join("\n");
}
