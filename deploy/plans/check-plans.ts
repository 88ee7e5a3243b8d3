import { chmodSync, copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import type { StackDescription } from "../../stacks/list";
import type { Accounts } from "../access/accounts";
import { initStack } from "../estate/init-stack";
import { explain } from "../estate/remedies";
import { applierOf } from "../estate/stack-facts";
import { failuresOf, valuesOf, type StackFailure, type StackRunner } from "../estate/stack-runner";
import type { TerraformContext } from "../estate/terraform-context";
import { lockOf } from "../estate/unlock";
import { hashFile, hashSynthesised } from "../synthesis/hashes";
import { readProviderLock } from "../terraform/provider-lock";
import { stackDifferences, type PresentStack } from "./manifest/differences";
import type { Manifest, ManifestStack } from "./manifest/schema";
import type { PlanFolder } from "./plan-folder";
import { remedyForOrphans } from "./orphaned-resources";

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

/** Compares plans with what is there now, stack by stack. @returns every difference, and why a stack could not be compared */
export async function checkPlans(check: PlanCheck, planned: readonly Planned[]): Promise<CheckedPlans> {
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
  check: PlanCheck,
  entry: ManifestStack,
  stack: StackDescription,
): Promise<string[]> {
  const present = await presentStack(check, stack);
  const differences = stackDifferences(entry, present);
  // Whoever holds the lock may still be at it, and save the state in the end.
  if (present.lock) return differences;
  const orphans = await remedyForOrphans(check.accounts, stack, check.folder.file(stack.id, "apply.jsonl"));
  return orphans.length > 0 ? [...differences, `${stack.id}: an apply was killed`, ...orphans] : differences;
}

async function presentStack(check: PlanCheck, stack: StackDescription): Promise<PresentStack> {
  const { runs, folder } = check;
  const directory = runs.directoryOf(stack.id);
  const synthHash = hashSynthesised(directory) ?? "";
  const [{ serial, lineage }, lock] = await Promise.all([
    initStack(runs, check.accounts, stack).catch(explain(stack)),
    lockOf(check.accounts, stack),
  ]);
  const { hash, providers } = readProviderLock(directory);
  const { environment } = stack;
  return {
    account: environment.account,
    region: environment.region,
    appliedBy: applierOf(stack),
    synthHash,
    providers,
    providerLockHash: hash,
    state: { serial, lineage },
    lock,
    planHash: copyPlan(folder.file(stack.id, "plan.tfplan"), checkedPlan(directory)),
  };
}

/** The copy of a saved plan that was checked, which nobody else can change until it is applied. */
export const checkedPlan = (directory: string): string => join(directory, "checked.tfplan");

function copyPlan(from: string, to: string): string | undefined {
  if (!existsSync(from)) return undefined;
  copyFileSync(from, to);
  chmodSync(to, 0o600);
  return hashFile(to);
}
