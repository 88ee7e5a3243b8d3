import type { PlannedChange } from "../../terraform/messages";
import type { PlanJson, ResourceChange } from "../../terraform/plan-json";
import { actionOf, countActions, reasonFor, type Action, type Counts } from "./actions";
import { announcedChanges } from "./announced-changes";
import { attributeChanges, attributesOfNew, type AttributeChange } from "./attribute-changes";
import { dataLostWith } from "./data-loss";
import { isGone, markRepairs, repairsOf } from "./repairs";
import { withoutEmptyDifferences, type JsonObject } from "./values";
import type { WrittenAttributes } from "./written";

export type { Action, Counts } from "./actions";
export type { AttributeChange } from "./attribute-changes";
export { writtenIn, type WrittenAttributes } from "./written";

/** What a plan does to one resource; nothing sensitive is in it. */
export interface ResourceSummary {
  readonly address: string;
  readonly action: Action;
  /** Why it is replaced or destroyed. */
  readonly reason?: string;
  /** Its address before it was moved. */
  readonly movedFrom?: string;
  /** What is lost when it is destroyed or replaced. */
  readonly losing?: string;
  /** How much of it only repairs configuration drift. @default nothing */
  readonly repairs?: "all" | "part";
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
  /** Whether an apply takes away that somebody has to approve. @default false */
  readonly endsApproval?: boolean;
  /** Why an apply is refused: what stands still uses what it destroys. @default nothing does */
  readonly stillUsed?: readonly string[];
}

/** Which stack a summary is of. */
export type StackName = Pick<StackSummary, "stack" | "environment" | "account">;

const gravity: readonly Action[] = ["destroy", "replace", "forget", "change", "import", "move", "create"];

/**
 * All that a plan does, attribute by attribute.
 * @param written what the code says of each resource. @default nothing is known of it
 */
export function summarise(
  stack: StackName,
  {
    resource_changes: all = [],
    resource_drift: drift = [],
  }: Pick<PlanJson, "resource_changes" | "resource_drift">,
  written: WrittenAttributes = () => undefined,
): StackSummary {
  const drifted = new Map(drift.map((resource) => [resource.address, resource]));
  const changes = all.flatMap((resource) =>
    summariseResource(resource, drifted.get(resource.address), written(resource.address)),
  );
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

function summariseResource(
  resource: ResourceChange,
  drift: ResourceChange | undefined,
  written: JsonObject | undefined,
): ResourceSummary[] {
  const action = actionOf(resource);
  if (!action) return [];
  const gone = action === "create" && isGone(drift);
  const reason = gone ? "gone from AWS" : reasonFor(resource);
  const losing = action === "destroy" || action === "replace" ? dataLostWith(resource.type) : undefined;
  const attributes = markRepairs(
    attributesFor(action, resource, written),
    drift && !gone ? attributeChanges(withoutEmptyDifferences(drift.change)) : [],
  );
  const repairs = gone ? "all" : repairsOf(attributes);
  return [
    {
      address:
        resource.deposed === undefined ? resource.address : `${resource.address} (${resource.deposed})`,
      action,
      ...(reason !== undefined && { reason }),
      ...(resource.previous_address !== undefined && { movedFrom: resource.previous_address }),
      ...(losing !== undefined && { losing }),
      ...(repairs !== undefined && { repairs }),
      attributes,
    },
  ];
}

function attributesFor(
  action: Action,
  { change }: ResourceChange,
  written: JsonObject | undefined,
): AttributeChange[] {
  if (action === "create") return attributesOfNew(change, written);
  return action === "change" || action === "replace" ? attributeChanges(change, written) : [];
}
