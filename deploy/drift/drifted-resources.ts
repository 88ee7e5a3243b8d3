import { attributeChanges, type AttributeChange } from "../plans/summary/attribute-changes";
import { isEmpty, isObject } from "../plans/summary/values";
import type { Change, Json, PlanJson, Resource, ResourceChange } from "../terraform/plan-json";
import { withoutIgnored } from "./ignored-attributes";
import { unmanagedMembers } from "./unmanaged-policies";

/** A resource that differs from the state. */
export interface DriftedResource {
  readonly address: string;
  /** Gone: it exists no more. */
  readonly drift: "changed" | "gone";
  /** What the state says before, and what is there after; nothing sensitive is in it. */
  readonly attributes: readonly AttributeChange[];
}

/** Reads a refresh-only plan: what somebody else has changed, without what only looks so. */
export function driftIn({ resource_drift = [], prior_state }: PlanJson): DriftedResource[] {
  const deployed = prior_state?.values?.root_module?.resources ?? [];
  const managed = resource_drift.filter(({ mode }) => mode === "managed");
  const gone = managed.filter(({ change }) => change.actions.includes("delete"));
  const changes = new Map<string, AttributeChange[]>();
  for (const resource of managed.filter((each) => !gone.includes(each)))
    changes.set(resource.address, attributeChanges(meaningful(resource, deployed)));
  for (const resource of deployed)
    changes.set(resource.address, [
      ...(changes.get(resource.address) ?? []),
      ...unmanagedMembers(resource, deployed),
    ]);
  return [
    ...gone.map(({ address }): DriftedResource => ({ address, drift: "gone", attributes: [] })),
    ...[...changes].flatMap(([address, attributes]): DriftedResource[] =>
      attributes.length > 0 ? [{ address, drift: "changed", attributes }] : [],
    ),
  ];
}

/** Providers answer null at the creation and an empty list, map or text later on, for the same thing. */
function meaningful(resource: ResourceChange, deployed: readonly Resource[]): Change {
  const { change } = resource;
  if (!isObject(change.before) || !isObject(change.after)) return change;
  const before = withoutIgnored(resource, change.before, deployed);
  const after = Object.entries(withoutIgnored(resource, change.after, deployed)).map(
    ([name, value]): [string, Json] => {
      const old = before[name] ?? null;
      return [name, isEmpty(old) && isEmpty(value) ? old : value];
    },
  );
  return { ...change, before, after: Object.fromEntries(after) };
}
