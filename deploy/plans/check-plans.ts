import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StackDescription } from "../../stacks/list";
import type { Accounts } from "../access/accounts";
import { initStack } from "../estate/init-stack";
import { explain } from "../estate/remedies";
import { applierOf } from "../estate/stack-facts";
import { failuresOf, valuesOf, type StackFailure, type StackRunner } from "../estate/stack-runner";
import { optionsFor, type TerraformContext } from "../estate/terraform-context";
import { lockOf } from "../estate/unlock";
import { hashFile, hashSynthesised } from "../synthesis/hashes";
import { readPlanFile } from "../terraform/plan-file";
import { readProviderLock } from "../terraform/provider-lock";
import type { StateJson } from "../terraform/state-json";
import { showPlan } from "../terraform/terraform";
import { stackDifferences, type PresentStack } from "./manifest/differences";
import { hasChanges, type Manifest, type ManifestStack } from "./manifest/schema";
import type { PlanFolder } from "./plan-folder";
import { remedyForOrphans } from "./orphaned-resources";
import { lossesIn, nameOf } from "./plan-stack";
import { planDifferences } from "./saved/plan-contents";
import { recountDifferences } from "./saved/recounted";
import { summarise } from "./summary";

export interface PlanCheck {
  readonly runs: TerraformContext;
  readonly accounts: Accounts;
  readonly folder: PlanFolder;
  readonly runner: StackRunner;
}

/** How plans compare with what is there now. */
export interface CheckedPlans {
  readonly differences: readonly string[];
  readonly failures: readonly StackFailure[];
}

/** A stack that was planned, as the estate has it now; undefined where it has it no more. */
export interface Planned {
  readonly entry: ManifestStack;
  readonly stack: StackDescription | undefined;
}

/** A manifest's entries with their stacks. */
export const plannedOf = (
  { stacks: entries }: Pick<Manifest, "stacks">,
  stacks: readonly StackDescription[],
): Planned[] => entries.map((entry) => ({ entry, stack: stacks.find(({ id }) => id === entry.id) }));

/** What to compare plans with. */
export interface PlanComparison extends PlanCheck {
  /** Whether anybody may have written plans and manifest, so that what the one says of the other is computed again. */
  readonly readBack: boolean;
}

/** Compares plans with what is there now, stack by stack. @returns every difference, and why a stack could not be compared */
export async function checkPlans(check: PlanComparison, planned: readonly Planned[]): Promise<CheckedPlans> {
  const gone = planned.flatMap(({ entry, stack }) => (stack ? [] : stackDifferences(entry, undefined)));
  const entries = new Map(planned.map(({ entry }) => [entry.id, entry]));
  const results = await check.runner.each(
    planned.flatMap(({ stack }) => stack ?? []),
    async (stack, report) => {
      report("checking the plan");
      const entry = entries.get(stack.id);
      return entry ? differencesOf(check, entry, stack) : [];
    },
    (differences) => (differences.length === 0 ? "as planned" : "not as planned"),
  );
  return { differences: [...gone, ...valuesOf(results).flat()], failures: failuresOf(results) };
}

async function differencesOf(
  check: PlanComparison,
  entry: ManifestStack,
  stack: StackDescription,
): Promise<string[]> {
  const { present, state } = await presentStack(check, stack);
  const around = stackDifferences(entry, present);
  const within = around.length === 0 ? await inPlan(check, entry, stack, state) : [];
  const differences = [...around, ...within.map((difference) => `${stack.id}: ${difference}`)];
  // Whoever holds the lock may still be at it, and save the state in the end.
  if (present.lock) return differences;
  const orphans = await remedyForOrphans(check.accounts, stack, check.folder.file(stack.id, "apply.jsonl"));
  return orphans.length > 0 ? [...differences, `${stack.id}: an apply was killed`, ...orphans] : differences;
}

/** What differs within the saved plan itself; Terraform is asked what it does only once nothing in it is foreign. */
async function inPlan(
  { runs, readBack }: PlanComparison,
  entry: ManifestStack,
  stack: StackDescription,
  state: StateJson,
): Promise<string[]> {
  const directory = runs.directoryOf(stack.id);
  const file = checkedPlan(directory);
  const plan = readPlanFile(readFileSync(file));
  const differences = planDifferences(plan, directory, state);
  writeFileSync(file, plan.packed);
  if (differences.length > 0 || !readBack || !hasChanges(entry)) return differences;
  const { counts, changes } = summarise(nameOf(stack), await showPlan(optionsFor(runs, stack), file));
  return recountDifferences(entry, { counts, losses: lossesIn(changes) });
}

async function presentStack(
  check: PlanCheck,
  stack: StackDescription,
): Promise<{ readonly present: PresentStack; readonly state: StateJson }> {
  const { runs, folder } = check;
  const directory = runs.directoryOf(stack.id);
  const synthHash = hashSynthesised(directory) ?? "";
  const [state, lock] = await Promise.all([
    initStack(runs, check.accounts, stack).catch(explain(stack)),
    lockOf(check.accounts, stack),
  ]);
  const { hash, providers } = readProviderLock(directory);
  const { account, region } = stack.environment;
  const planHash = copyPlan(folder.file(stack.id, "plan.tfplan"), checkedPlan(directory));
  const { serial, lineage } = state;
  const present = {
    ...{ account, region, appliedBy: applierOf(stack), synthHash, providers, providerLockHash: hash },
    ...{ state: { serial, lineage }, lock, planHash },
  };
  return { present, state };
}

/** The copy of a saved plan that was checked, which nobody else can change until it is applied; it is packed anew. */
export const checkedPlan = (directory: string): string => join(directory, "checked.tfplan");

function copyPlan(from: string, to: string): string | undefined {
  if (!existsSync(from)) return undefined;
  writeFileSync(to, readFileSync(from), { mode: 0o600 });
  return hashFile(to);
}
