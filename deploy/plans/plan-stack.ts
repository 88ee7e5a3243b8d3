import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StackDescription } from "../../stacks/list";
import { initStack } from "../estate/init-stack";
import { applierOf } from "../estate/stack-facts";
import { optionsFor, type Logger } from "../estate/terraform-context";
import { hashFile, hashSynthesised } from "../synthesis/hashes";
import { readProviderLock } from "../terraform/provider-lock";
import { stateOfPlan } from "../terraform/plan-file";
import { savePlan, showPlan } from "../terraform/terraform";
import { resourcesIn } from "../terraform/state-json";
import { asksForApproval, needsApproval, recordForPlan } from "./approval";
import { keepResources, keptOf } from "./kept-resources";
import type { Loss, ManifestStack } from "./manifest/schema";
import type { PlanRequest } from "./plan-estate";
import { stillUsed } from "./still-used";
import { summarise, summariseAnnounced, writtenIn, type StackName, type StackSummary } from "./summary";

/** One stack's saved plan. */
export interface PlannedStack {
  readonly summary: StackSummary;
  readonly entry: ManifestStack;
  /** Addresses of what leaves the state and stays on AWS. */
  readonly kept: readonly string[];
}

/** Plans one stack into a folder of plans. @throws TerraformError */
export async function planStack(
  {
    runs,
    accounts,
    folder,
    attributes = true,
    keep = [],
  }: Pick<PlanRequest, "runs" | "accounts" | "folder" | "attributes" | "keep">,
  stack: StackDescription,
  report: Logger,
): Promise<PlannedStack> {
  const options = optionsFor(runs, stack);
  const file = folder.file(stack.id, "plan.tfplan");
  const synthHash = hashSynthesised(options.directory) ?? "";
  report("initialising");
  const present = await initStack(runs, accounts, stack);
  report("planning");
  const kept = keptOf(stack, present, options.directory, keep);
  keepResources(options.directory, kept);
  const { pending, changes: announced } = await savePlan(options, { file });
  const state = stateOfPlan(file);
  const name = nameOf(stack);
  if (pending && attributes) report("reading the plan");
  const record = await recordForPlan(accounts, stack);
  const changes =
    pending && attributes
      ? summarise(name, await showPlan(options, file), writtenIn(readConfiguration(options.directory)))
      : summariseAnnounced(name, announced, resourcesIn(state));
  const endsApproval = pending && record?.requireApproval === true && !asksForApproval(stack);
  const used =
    changes.counts.destroy + changes.counts.replace > 0 ? await stillUsed(accounts, stack, file) : [];
  const summary = {
    ...changes,
    ...(endsApproval && { endsApproval }),
    ...(used.length > 0 && { stillUsed: used }),
  };
  folder.writeSummary(stack.id, summary);
  const { hash, providers } = readProviderLock(options.directory);
  return {
    summary,
    kept,
    entry: {
      ...entryFor(stack, file, summary),
      requireApproval: needsApproval(stack, record),
      synthHash,
      providers,
      providerLockHash: hash,
      state: { serial: state.serial, lineage: state.lineage },
    },
  };
}

const readConfiguration = (directory: string): unknown =>
  JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8"));

export const nameOf = ({ id, environment }: StackDescription): StackName => ({
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
    appliedBy: applierOf(stack),
    planHash: hashFile(file) ?? "",
    counts,
    losses: lossesIn(changes),
  };
}

/** What a plan destroys or replaces although it holds what no code makes again. */
export const lossesIn = (changes: StackSummary["changes"]): Loss[] =>
  changes.flatMap(({ address, action, losing }): Loss[] =>
    losing !== undefined && (action === "destroy" || action === "replace")
      ? [{ address, action, losing }]
      : [],
  );
