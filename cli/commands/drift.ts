import { driftOfStack } from "../../deploy/drift/drift-stack";
import { appliers, type Applier } from "../../stacks/kind";
import { unconfirmed } from "../../deploy/estate/mail";
import { documented, type AddCommand, type Answer } from "../command";
import type { Context } from "../context";
import { answerDrift, type StackDrift } from "../drift/answer";
import { withSynthesisedStacks } from "../estate/stack-session";
import { accountsOption, applierOption } from "../options";

interface DriftOptions {
  readonly appliedBy?: Applier;
  readonly account?: readonly string[];
}

export const addDrift: AddCommand = (parent, act) => {
  documented(parent, "drift", {
    summary: "Find configuration drift: differences between AWS and the states, resource by resource",
    details:
      "Changes nothing, neither AWS nor a state. Exits with 3 if there are any, or if somebody has not confirmed to get " +
      "alerts, with 1 if a stack cannot be compared. Without --applied-by it works as the planner, where every account has one. Each " +
      "finding has its remedy: an apply puts back what the code sets, and nothing else.",
    examples: ["drift", "drift prod-mammo-severity --json", "drift --applied-by ci"],
  })
    .argument("[stacks...]", "ids of stacks (default: all)")
    .option(
      "--applied-by <who>",
      `only the stacks that this one applies: ${appliers.join(" or ")}`,
      applierOption,
    )
    .option(
      "--account <id>",
      "refuse unless every stack asked for is in one of these accounts, several with commas",
      accountsOption,
    )
    .action(act(drift));
};

function drift(
  context: Context,
  ids: readonly string[],
  { appliedBy, account }: DriftOptions,
): Promise<Answer> {
  return withSynthesisedStacks(
    context,
    { ids, appliedBy, account, role: context.readingRole(appliedBy) },
    async (session) => {
      const { stacks, runner, runs, accounts, signal } = session;
      const results = await runner.each(
        stacks,
        async (stack, report): Promise<StackDrift> => ({
          stack: stack.id,
          resources: await driftOfStack({ runs, accounts }, stack, report),
        }),
        ({ resources }) => (resources.length === 0 ? "as its state says" : `${resources.length} drifted`),
      );
      const unheard = (await context.isLocal()) ? [] : await unconfirmed(context.estate, accounts, stacks);
      return answerDrift(context, results, { unheard, interrupted: signal.aborted });
    },
  );
}
