import type { Estate } from "../../config/schema";
import type { Accounts } from "../estate/accounts";
import { explain } from "../estate/remedies";
import { optionsFor, type Report, type StackRuns } from "../estate/stack-runs";
import { tearDownStack } from "../estate/teardown";
import { teardownWavesOf } from "../estate/waves";
import type { StackRunner } from "../progress/stack-runner";
import { init } from "../terraform/terraform";
import { emptyContainer } from "./empty-container";
import type { StackHoldings } from "./holdings";

export interface Destruction {
  readonly estate: Estate;
  readonly runs: StackRuns;
  readonly accounts: Accounts;
  readonly runner: StackRunner;
  /** What is to go. Each loss has been allowed. */
  readonly holdings: readonly StackHoldings[];
}

/**
 * Destroys stacks: models first, state buckets last, and nothing more once one has failed, because what is left needs
 * what it stands on.
 * @returns ids of the stacks that are gone
 */
export async function destroyEstate(destruction: Destruction): Promise<string[]> {
  const { runner, holdings, runs } = destruction;
  const gone: string[] = [];
  for (const { stacks } of teardownWavesOf(holdings.map(({ stack }) => stack))) {
    if (runner.failures.length > 0 || runs.signal?.aborted) break;
    await runner.each(stacks, async (stack, report) => {
      const holding = holdings.find(({ id }) => id === stack.id);
      if (holding) await destroyStack(destruction, holding, report).catch(explain(stack));
      gone.push(stack.id);
      return "destroyed";
    });
  }
  return gone;
}

async function destroyStack(
  { estate, runs, accounts }: Destruction,
  { stack, containers }: StackHoldings,
  report: Report,
): Promise<void> {
  const access = await accounts.of(stack);
  report("initialising");
  await init(optionsFor(runs, stack));
  // The state bucket is emptied once its own state is out of it.
  for (const container of stack.kind === "state" ? [] : containers) {
    report(`emptying ${container.name}`);
    await emptyContainer(access, container);
  }
  await tearDownStack(runs, estate, stack, report, access);
}
