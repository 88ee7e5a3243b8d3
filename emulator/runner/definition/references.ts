/** A step's own keys that hold other steps rather than values. */
const nested = new Set(["IfSteps", "ElseSteps"]);

/** Paths of every `{"Get": "…"}` in a value; the steps in a condition's branches are steps of their own. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== "object" || value === null) return [];
  if ("Get" in value && typeof value.Get === "string") return [value.Get];
  return Object.entries(value).flatMap(([key, inner]) => (nested.has(key) ? [] : referencesIn(inner)));
}

/** Name of the step a path reads from. */
export function stepOf(path: string): string | undefined {
  return /^Steps\.([A-Za-z0-9\-_]+)/.exec(path)?.[1];
}

/** Splits `Steps.Train.Outputs['train'].S3Uri` into its keys. */
export function keysOf(path: string): string[] {
  return [...path.matchAll(/\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\]|[^.[\]]+/g)].map(
    ([whole, single, double, index]) => single ?? double ?? index ?? whole,
  );
}
