import { join } from "node:path";
import type { StackDescription } from "../../stacks/list";
import { optionsFor, type Logger, type TerraformContext } from "../estate/terraform-context";
import type { Accounts } from "../access/accounts";
import { initStack } from "../estate/init-stack";
import { explain } from "../estate/remedies";
import { savePlan, showPlan } from "../terraform/terraform";
import { driftIn, type DriftedResource } from "./drifted-resources";

/** Compares what a stack's state says with what is in its account. @throws Error with Terraform's reasons */
export async function driftOfStack(
  { runs, accounts }: { readonly runs: TerraformContext; readonly accounts: Accounts },
  stack: StackDescription,
  report: Logger,
): Promise<DriftedResource[]> {
  const options = optionsFor(runs, stack);
  const file = join(options.directory, "drift.tfplan");
  report("initialising");
  await initStack(runs, accounts, stack).catch(explain(stack));
  report("comparing");
  await savePlan(options, { file, refreshOnly: true }).catch(explain(stack));
  return driftIn(await showPlan(options, file), stack.id);
}
