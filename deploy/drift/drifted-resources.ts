import { attributeChanges, type AttributeChange } from "../plans/summary/attribute-changes";
import { isObject, withoutEmptyDifferences } from "../plans/summary/values";
import type { Change, ConfiguredResource, PlanJson, Resource, ResourceChange } from "../terraform/plan-json";
import { withoutIgnored } from "./ignored-attributes";
import { remediesForChanged, remedyForGone, remedyForUnmanaged } from "./remedies";
import { unmanagedMembers } from "./unmanaged-policies";

/** A resource that differs from the state. */
export interface DriftedResource {
  readonly address: string;
  /** Gone: it exists no more. */
  readonly drift: "changed" | "gone";
  /** What the state says before, and what is there after; nothing sensitive is in it. */
  readonly attributes: readonly AttributeChange[];
  /** What to do about it, a sentence each. */
  readonly remedies: readonly string[];
}

/**
 * Reads a refresh-only plan: what somebody else has changed, without what only looks so.
 * @param stack the plan's, for the remedies
 */
export function driftIn(plan: PlanJson, stack: string): DriftedResource[] {
  const { resource_drift = [], prior_state, configuration } = plan;
  const deployed = prior_state?.values?.root_module?.resources ?? [];
  const configured = configuration?.root_module?.resources ?? [];
  const managed = resource_drift.filter(({ mode }) => mode === "managed");
  const isGone = ({ change }: ResourceChange) => change.actions.includes("delete");
  const changed = managed.filter((resource) => !isGone(resource));
  const addresses = new Set([...changed, ...deployed].map(({ address }) => address));
  return [
    ...managed.filter(isGone).map(({ address }): DriftedResource => ({
      address,
      drift: "gone",
      attributes: [],
      remedies: [remedyForGone(stack)],
    })),
    ...[...addresses].flatMap((address) => {
      const has = (resource: { readonly address: string }) => resource.address === address;
      return changedResource(stack, changed.find(has), deployed.find(has), {
        deployed,
        configured: configured.find(({ address: name }) => name === address.replace(/\[[^\]]*\]$/, "")),
      });
    }),
  ];
}

interface Surroundings {
  readonly deployed: readonly Resource[];
  readonly configured: ConfiguredResource | undefined;
}

function changedResource(
  stack: string,
  changed: ResourceChange | undefined,
  standing: Resource | undefined,
  { deployed, configured }: Surroundings,
): DriftedResource[] {
  const attributes = changed ? attributeChanges(meaningful(changed, deployed)) : [];
  const unmanaged = standing ? unmanagedMembers(standing, deployed) : [];
  const all = [...attributes, ...unmanaged.map(({ change }) => change)];
  if (all.length === 0) return [];
  const remedies = [
    ...remediesForChanged(stack, attributes, configured),
    ...unmanaged.map((member) => remedyForUnmanaged(member)),
  ];
  return [
    { address: changed?.address ?? standing?.address ?? "", drift: "changed", attributes: all, remedies },
  ];
}

function meaningful(resource: ResourceChange, deployed: readonly Resource[]): Change {
  const { change } = resource;
  if (!isObject(change.before) || !isObject(change.after)) return change;
  return withoutEmptyDifferences({
    ...change,
    before: withoutIgnored(resource, change.before, deployed),
    after: withoutIgnored(resource, change.after, deployed),
  });
}
