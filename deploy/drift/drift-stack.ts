import { join } from "node:path";
import type { StackDescription } from "../../stacks/list";
import { optionsFor, type Logger, type TerraformContext } from "../estate/terraform-context";
import { explain } from "../estate/remedies";
import { init, savePlan, showPlan } from "../terraform/terraform";
import { driftIn, type DriftedResource } from "./drifted-resources";

/** Compares what a stack's state says with what is in its account. @throws Error with Terraform's reasons */
export async function driftOfStack(
  runs: TerraformContext,
  stack: StackDescription,
  report: Logger,
): Promise<DriftedResource[]> {
  const options = optionsFor(runs, stack);
  const file = join(options.directory, "drift.tfplan");
  report("initialising");
  await init(options).catch(explain(stack));
  report("comparing");
  await savePlan(options, { file, refreshOnly: true }).catch(explain(stack));
  return driftIn(await showPlan(options, file), stack.id);
}
