import type { Step } from "./step";
import { ParameterReference, referencesIn, type NamedStep } from "./values";

/** Every step of a list, those inside conditions included. */
export const allSteps = (steps: readonly Step[]): Step[] =>
  steps.flatMap((step) => [step, ...allSteps(step.nested())]);

/** The steps a step refers to or depends on. */
export function stepsBefore(step: Step): NamedStep[] {
  const references = referencesIn(step.content()).flatMap((reference) =>
    reference instanceof ParameterReference ? [] : [reference.step],
  );
  return [...references, ...step.dependsOn];
}

/**
 * Names of steps that wait for each other, in a circle; undefined where there is none. A step waits for those before
 * it, and one inside a condition for the condition as well, as in the graph of AWS's own SDK.
 */
export function circleIn(steps: readonly Step[]): readonly string[] | undefined {
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
export function endedBefore(steps: readonly Step[]): Map<string, ReadonlySet<string>> {
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

function waitsByName(steps: readonly Step[], parent?: Step): Map<string, readonly string[]> {
  const own = steps.map((step): [string, readonly string[]] => [
    step.name,
    [...stepsBefore(step), ...(parent ? [parent] : [])].map(({ name }) => name),
  ]);
  return new Map([...own, ...steps.flatMap((step) => [...waitsByName(step.nested(), step)])]);
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
