import type { StepReport } from "../types";

/** An edge of the graph: `to` waits for `from`. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** Side of the condition that leads to the step. */
  readonly side?: "if" | "else";
}

/** What waits for what, without the edges that others imply. */
export function linksOf(steps: readonly StepReport[]): Link[] {
  const names = new Set(steps.map(({ name }) => name));
  const all = steps.flatMap(linksTo).filter(({ from, to }) => names.has(from) && from !== to);
  return all.filter((link) => !isImplied(link, all));
}

function linksTo({ name: to, after, branch }: StepReport): Link[] {
  const plain = [...new Set(after)]
    .filter((from) => from !== branch?.condition)
    .map((from) => ({ from, to }));
  return branch ? [{ from: branch.condition, to, side: branch.side }, ...plain] : plain;
}

/** Whether a way of two edges or more leads to the same step. */
function isImplied({ from, to }: Link, all: readonly Link[]): boolean {
  const seen = new Set<string>();
  const next = all.filter((link) => link.from === from && link.to !== to).map((link) => link.to);
  for (let name = next.pop(); name !== undefined; name = next.pop()) {
    if (name === to) return true;
    if (seen.has(name) || name === from) continue;
    seen.add(name);
    next.push(...all.filter((link) => link.from === name).map((link) => link.to));
  }
  return false;
}
