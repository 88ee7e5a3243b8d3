import { branchesOf, contentOf, referencesIn, stepOf, type RenderedStep } from "./json";

/** Names of the steps that a step refers to or depends on. */
export const stepsBefore = (step: RenderedStep): string[] => [
  ...referencesIn(contentOf(step)).flatMap((reference) => stepOf(reference) ?? []),
  ...(step.DependsOn ?? []),
];

/**
 * Names of steps that wait for each other, in a circle; undefined where there is none. A step waits for those before
 * it, and one inside a condition for the condition as well, as in the graph of AWS's own SDK.
 */
export function circleIn(steps: readonly RenderedStep[]): readonly string[] | undefined {
  const waits = waitsByName(steps);
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(name)) return [...path.slice(path.indexOf(name)), name];
    if (done.has(name)) return undefined;
    const circle = firstDefined(waits.get(name) ?? [], (before) => visit(before, [...path, name]));
    done.add(name);
    return circle;
  };
  return firstDefined([...waits.keys()], (name) => visit(name, []));
}

/** Names of the steps that have ended before a step starts, by its name; the steps wait in no circle. */
export function endedBefore(steps: readonly RenderedStep[]): Map<string, ReadonlySet<string>> {
  const waits = waitsByName(steps);
  const known = new Map<string, ReadonlySet<string>>();
  const visit = (name: string): ReadonlySet<string> => {
    const direct = waits.get(name) ?? [];
    const found = known.get(name) ?? new Set([...direct, ...direct.flatMap((before) => [...visit(before)])]);
    known.set(name, found);
    return found;
  };
  [...waits.keys()].forEach(visit);
  return known;
}

function waitsByName(steps: readonly RenderedStep[], parent?: RenderedStep): Map<string, readonly string[]> {
  const own = steps.map((step): [string, readonly string[]] => [
    step.Name,
    [...stepsBefore(step), ...(parent ? [parent.Name] : [])],
  ]);
  return new Map([...own, ...steps.flatMap((step) => [...waitsByName(branchesOf(step), step)])]);
}

function firstDefined<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
