import type { Estate } from "../../config/schema";
import type { Accounts } from "../access/accounts";
import { initStack } from "../estate/init-stack";
import { explain } from "../estate/remedies";
import type { Logger, TerraformContext } from "../estate/terraform-context";
import { failuresOf, type StackFailure, type StackResult, type StackRunner } from "../estate/stack-runner";
import { tearDownStack } from "../estate/teardown";
import { teardownWavesOf } from "../estate/waves";
import { emptyContainer } from "./empty-container";
import type { StackHoldings } from "./state-contents";

export interface Destruction {
  readonly estate: Estate;
  readonly runs: TerraformContext;
  readonly accounts: Accounts;
  readonly runner: StackRunner;
  /** What is to go. Each loss has been allowed. */
  readonly holdings: readonly StackHoldings[];
}

export interface DestroyedStacks {
  /** Ids of the stacks that are gone. */
  readonly destroyed: readonly string[];
  readonly failures: readonly StackFailure[];
}

/**
 * Destroys stacks: models first, state buckets last, and nothing more once one has failed, because what is left needs
 * what it depends on.
 */
export async function destroyEstate(destruction: Destruction): Promise<DestroyedStacks> {
  const { runner, holdings } = destruction;
  const results: StackResult<void>[] = [];
  for (const { stacks } of teardownWavesOf(holdings.map(({ stack }) => stack))) {
    if (results.some(({ outcome }) => outcome !== "succeeded")) break;
    const ended = await runner.each(
      stacks,
      async (stack, report) => {
        const holding = holdings.find(({ id }) => id === stack.id);
        if (holding) await destroyStack(destruction, holding, report).catch(explain(stack));
      },
      () => "destroyed",
    );
    results.push(...ended);
  }
  return {
    destroyed: results.flatMap(({ stack, outcome }) => (outcome === "succeeded" ? [stack.id] : [])),
    failures: failuresOf(results),
  };
}

async function destroyStack(
  { estate, runs, accounts }: Destruction,
  { stack, containers }: StackHoldings,
  report: Logger,
): Promise<void> {
  const access = await accounts.of(stack);
  report("initialising");
  await initStack(runs, accounts, stack);
  // The state bucket is emptied once its own state is out of it.
  for (const container of stack.kind === "state" ? [] : containers) {
    report(`emptying ${container.name}`);
    await emptyContainer(access, container);
  }
  await tearDownStack(runs, estate, stack, report, access);
}
