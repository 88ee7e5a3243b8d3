import type { StackDescription } from "../../stacks/list";
import type { StackFailure } from "../estate/stack-runner";
import { applyEstate, type ApplyOutcome } from "./apply-estate";
import { plannedOf, type PlanCheck } from "./check-plans";
import { planEstate } from "./plan-estate";

export interface Deployment extends PlanCheck {
  readonly stacks: readonly StackDescription[];
}

/** What became of stacks that were planned and applied. */
export interface DeployedStacks {
  /** None where a stack could not be planned: then nothing was applied. */
  readonly outcomes: readonly ApplyOutcome[];
  /** Those that could not be planned, or not applied. */
  readonly failures: readonly StackFailure[];
}

/**
 * Plans stacks and applies exactly these plans, as CI does with a person's approval between the two. Nothing that holds
 * data is destroyed. The roles that the stacks assume must stand: a new estate is deployed wave by wave.
 * @throws Refusal where a plan would destroy what holds data
 */
export async function deployStacks({ stacks, ...deployment }: Deployment): Promise<DeployedStacks> {
  const { manifest, failures } = await planEstate({ ...deployment, stacks, attributes: false });
  if (!manifest) return { outcomes: [], failures };
  const planned = plannedOf(manifest, stacks);
  const outcomes = await applyEstate({ ...deployment, manifest, planned, allowed: [] });
  return {
    outcomes,
    failures: outcomes.flatMap(({ stack, reason }) => (reason === undefined ? [] : [{ stack, reason }])),
  };
}
