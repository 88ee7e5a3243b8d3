import type { StackDescription } from "../../stacks/list";
import { ownerOf } from "../estate/stack-facts";
import { optionsFor, type Report, type StackRuns } from "../estate/stack-runs";
import { hashFile } from "../synthesis/hashes";
import { init } from "../terraform/terraform";
import { readProviderLock } from "../terraform/provider-lock";
import { savePlan, showPlan } from "../terraform/saved-plans";
import { stateOfPlan } from "../terraform/plan-file";
import type { Loss, ManifestStack } from "./manifest/schema";
import type { PlanFolder } from "./plan-folder";
import { summarise, unchanged, type StackName, type StackSummary } from "./summary";

/** One stack's saved plan. */
export interface PlannedStack {
  readonly summary: StackSummary;
  readonly entry: ManifestStack;
}

export interface PlanStackOptions {
  readonly runs: StackRuns;
  readonly folder: PlanFolder;
  /** Of the stack's synthesised files. */
  readonly synthHash: string;
}

/** Plans one stack into a folder of plans. @throws TerraformError */
export async function planStack(
  { runs, folder, synthHash }: PlanStackOptions,
  stack: StackDescription,
  report: Report,
): Promise<PlannedStack> {
  const options = optionsFor(runs, stack);
  const file = folder.file(stack.id, "plan.tfplan");
  report("initialising");
  await init(options);
  report("planning");
  const pending = await savePlan(options, { file });
  if (pending) report("reading the plan");
  const { resources, ...state } = stateOfPlan(file);
  const name = nameOf(stack);
  const summary = pending ? summarise(name, await showPlan(options, file)) : unchanged(name, resources);
  folder.writeJson(stack.id, "summary.json", summary);
  const { hash, providers } = readProviderLock(options.directory);
  const lock = { providers, providerLockHash: hash };
  return { summary, entry: { ...entryFor(stack, file, summary), ...lock, synthHash, state } };
}

const nameOf = ({ id, environment }: StackDescription): StackName => ({
  stack: id,
  environment: environment.name,
  account: environment.account,
});

function entryFor(stack: StackDescription, file: string, { counts, changes }: StackSummary) {
  const { id, environment } = stack;
  const { name, account, region } = environment;
  return {
    id,
    environment: name,
    account,
    region,
    appliedBy: ownerOf(stack),
    requireApproval: environment.kind === "workload" && environment.requireApproval,
    planHash: hashFile(file) ?? "",
    counts,
    losses: changes.flatMap(({ address, action, losing }): Loss[] =>
      losing !== undefined && (action === "destroy" || action === "replace")
        ? [{ address, action, losing }]
        : [],
    ),
  };
}
