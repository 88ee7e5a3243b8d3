import type { ResourceChange } from "../../terraform/plan-json";
import type { AttributeChange } from "./attribute-changes";
import { hidden } from "./values";

/**
 * Tells the repair of configuration drift from a change of the code: an attribute that somebody has changed since the
 * last apply, and that the plan gives the value it had then, is a repair.
 * @param planned what the plan does to a resource
 * @param drifted how the resource differs from what the state says of it
 */
export function markRepairs(
  planned: readonly AttributeChange[],
  drifted: readonly AttributeChange[],
): AttributeChange[] {
  const states = new Map(drifted.map((attribute) => [keyOf(attribute), attribute.before]));
  return planned.map((attribute) => {
    const key = keyOf(attribute);
    if (!states.has(key) || attribute.after?.includes(hidden)) return attribute;
    return { ...attribute, drifted: states.get(key) === attribute.after ? "repaired" : "and changed" };
  });
}

/** Members of a list have one path, so what comes and goes says which one. */
function keyOf({ path, before, after }: AttributeChange): string {
  return path.endsWith("[]") ? `${path} ${before ?? after ?? ""}` : path;
}

/** Whether a planned creation brings back what is gone. */
export const isGone = (drift: ResourceChange | undefined): boolean =>
  drift?.change.actions.includes("delete") ?? false;

/** How much of a change repairs configuration drift. */
export function repairsOf(attributes: readonly AttributeChange[]): "all" | "part" | undefined {
  const repaired = attributes.filter(({ drifted }) => drifted === "repaired").length;
  if (repaired === 0) return undefined;
  return repaired === attributes.length ? "all" : "part";
}
