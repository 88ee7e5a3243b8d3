/** Where an element is in two sequences; undefined where one of them lacks it. */
export type Step = readonly [from: number | undefined, to: number | undefined];

/** Beyond so many pairs of elements none are looked for: all goes, and all comes. */
const mostPairs = 1_000_000;

/** Two sequences beside one another by their longest common subsequence; what goes stands before what comes. */
export function alignment(before: readonly string[], after: readonly string[]): Step[] {
  if (before.length * after.length > mostPairs)
    return [...before.map((_, at): Step => [at, undefined]), ...after.map((_, at): Step => [undefined, at])];
  const common = lengthsOfCommon(before, after);
  const steps: Step[] = [];
  let [from, to] = [0, 0];
  while (from < before.length || to < after.length) {
    const [skipBefore, skipAfter] = [common[from + 1]?.[to] ?? -1, common[from]?.[to + 1] ?? -1];
    if (from < before.length && before[from] === after[to]) steps.push([from++, to++]);
    else if (skipBefore >= skipAfter) steps.push([from++, undefined]);
    else steps.push([undefined, to++]);
  }
  return steps;
}

/** How much two sequences have in common from each pair of places on. */
function lengthsOfCommon(before: readonly string[], after: readonly string[]): number[][] {
  const table = Array.from({ length: before.length + 1 }, () => new Array<number>(after.length + 1).fill(0));
  for (let from = before.length - 1; from >= 0; from -= 1)
    for (let to = after.length - 1; to >= 0; to -= 1) {
      const row = table[from] ?? [];
      const rest = Math.max(table[from + 1]?.[to] ?? 0, row[to + 1] ?? 0);
      row[to] = before[from] === after[to] ? (table[from + 1]?.[to + 1] ?? 0) + 1 : rest;
    }
  return table;
}
