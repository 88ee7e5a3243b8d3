import type { PlannedChange } from "../../terraform/messages";
import type { PlanJson, ResourceChange } from "../../terraform/plan-json";
import { actionOf, countActions, reasonFor, type Action, type Counts } from "./actions";
import { announcedChanges } from "./announced-changes";
import { attributeChanges, attributesOfNew, type AttributeChange } from "./attribute-changes";
import { dataLostWith } from "./data-loss";

export type { Action, Counts } from "./actions";
export type { AttributeChange } from "./attribute-changes";

/** What a plan does to one resource; nothing sensitive is in it, and long values are cut. */
export interface ResourceSummary {
  readonly address: string;
  readonly action: Action;
  /** Why it is replaced or destroyed. */
  readonly reason?: string;
  /** Its address before it was moved. */
  readonly movedFrom?: string;
  /** What is lost when it is destroyed or replaced. */
  readonly losing?: string;
  readonly attributes: readonly AttributeChange[];
}

/** What the plan of one stack comes to. */
export interface StackSummary {
  readonly stack: string;
  readonly environment: string;
  readonly account: string;
  readonly counts: Counts;
  /** What is not unchanged, the gravest first. */
  readonly changes: readonly ResourceSummary[];
}

/** Which stack a summary is of. */
export type StackName = Pick<StackSummary, "stack" | "environment" | "account">;

const gravity: readonly Action[] = ["destroy", "replace", "forget", "change", "import", "move", "create"];

/** All that a plan does, attribute by attribute. */
export function summarise(
  stack: StackName,
  { resource_changes: all = [] }: Pick<PlanJson, "resource_changes">,
): StackSummary {
  const changes = all.flatMap(summariseResource);
  return {
    ...stack,
    counts: countActions(all),
    changes: changes.toSorted(
      (a, b) => gravity.indexOf(a.action) - gravity.indexOf(b.action) || a.address.localeCompare(b.address),
    ),
  };
}

/**
 * What a plan does, without the attributes.
 * @param announced what Terraform said while it planned
 * @param resources number of resources in the state that was planned on
 */
export function summariseAnnounced(
  stack: StackName,
  announced: readonly PlannedChange[],
  resources: number,
): StackSummary {
  const summary = summarise(stack, { resource_changes: announcedChanges(announced) });
  const { change, replace, destroy, move, forget } = summary.counts;
  const unchanged = resources - (change + replace + destroy + move + forget);
  return { ...summary, counts: { ...summary.counts, unchanged } };
}

function summariseResource(resource: ResourceChange): ResourceSummary[] {
  const action = actionOf(resource);
  if (!action) return [];
  const reason = reasonFor(resource);
  const losing = action === "destroy" || action === "replace" ? dataLostWith(resource.type) : undefined;
  return [
    {
      address:
        resource.deposed === undefined ? resource.address : `${resource.address} (${resource.deposed})`,
      action,
      ...(reason !== undefined && { reason }),
      ...(resource.previous_address !== undefined && { movedFrom: resource.previous_address }),
      ...(losing !== undefined && { losing }),
      attributes: attributesFor(action, resource),
    },
  ];
}

function attributesFor(action: Action, { change }: ResourceChange): AttributeChange[] {
  if (action === "create") return attributesOfNew(change);
  return action === "change" || action === "replace" ? attributeChanges(change) : [];
}
