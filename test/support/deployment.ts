import type { Accounts } from "../../deploy/access/accounts";
import type { TerraformContext } from "../../deploy/estate/terraform-context";
import { applyEstate, type ApplyOutcome, type ApplyRequest } from "../../deploy/plans/apply-estate";
import { planEstate, type PlanRequest, type PlanResult } from "../../deploy/plans/plan-estate";
import { PlanFolder } from "../../deploy/plans/plan-folder";
import { StackRunner } from "../../deploy/estate/stack-runner";
import type { StackDescription } from "../../stacks/list";
import { tools } from "./tools";

/** What planning and applying some stacks takes, without a process for each command. */
export interface DeploymentRun {
  readonly accounts: Accounts;
  readonly directoryOf: (stack: string) => string;
  readonly folder: PlanFolder;
  readonly stacks: readonly StackDescription[];
  /** @default the one that was set up */
  readonly tool?: TerraformContext["tool"];
}

/** Stacks at a time: each one more takes a provider more, which costs more to start than most runs of it. */
export const stacksAtOnce = 3;

/** Runs Terraform over stacks, and says nothing. */
export const silentRunner = (): StackRunner =>
  new StackRunner(new AbortController().signal, () => undefined, stacksAtOnce);

/** What became of each stack, by its id; of one that failed, with the reason. */
export const outcomesOf = (outcomes: readonly ApplyOutcome[]): Record<string, string> =>
  Object.fromEntries(
    outcomes.map(({ stack, outcome, reason }) => [stack, reason ? `${outcome}: ${reason}` : outcome]),
  );

/**
 * Without reading attributes, which takes a Terraform more: commands do, and tests of what they say.
 * @param changes of the request
 * @throws Error where a stack cannot be planned
 */
export async function plan(run: DeploymentRun, changes: Partial<PlanRequest> = {}): Promise<PlanResult> {
  const result = await planEstate({
    ...contextOf(run),
    stacks: run.stacks,
    attributes: false,
    ...changes,
  });
  if (result.failures.length > 0) throw new Error(result.failures.map(({ reason }) => reason).join("\n"));
  return result;
}

/** @param changes of the request */
export function apply(run: DeploymentRun, changes: Partial<ApplyRequest> = {}): Promise<ApplyOutcome[]> {
  const manifest = run.folder.readManifest();
  const planned = manifest.stacks.flatMap((entry) => {
    const stack = run.stacks.find(({ id }) => id === entry.id);
    return stack ? [{ entry, stack }] : [];
  });
  return applyEstate({ ...contextOf(run), manifest, planned, allowed: [], ...changes });
}

function contextOf({ accounts, directoryOf, folder, tool = tools().terraform }: DeploymentRun) {
  const runs: TerraformContext = { tool, directoryOf };
  return { runs, accounts, folder, runner: silentRunner() };
}
