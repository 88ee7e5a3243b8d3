import type { Counts, StackSummary } from "../summary";

const words: readonly (readonly [keyof Counts, string])[] = [
  ["create", "to create"],
  ["change", "to change"],
  ["replace", "to replace"],
  ["destroy", "to destroy"],
  ["import", "to import"],
  ["move", "to move"],
  ["forget", "to forget"],
];

/** Counts in a few words: `2 to create, 1 to replace`. */
export function describeCounts(counts: Counts): string {
  const said = words.flatMap(([name, word]) => (counts[name] > 0 ? [`${counts[name]} ${word}`] : []));
  return said.length > 0 ? said.join(", ") : "nothing pending";
}

const always = ["create", "change", "replace", "destroy"] as const;
const sometimes = ["import", "move", "forget"] as const;

/** Counts of several stacks in columns; the first row is the header. */
export function countsTable(rows: readonly { readonly name: string; readonly counts: Counts }[]): string[][] {
  const rare = sometimes.filter((name) => rows.some(({ counts }) => counts[name] > 0));
  const columns = [...always, ...rare, "unchanged"] as const;
  return [
    ["stack", ...columns],
    ...rows.map(({ name, counts }) => [name, ...columns.map((column) => String(counts[column]))]),
  ];
}

/** How much of what is planned is no change of the code; empty where all is. */
export function describeRepairs(summaries: readonly Pick<StackSummary, "changes">[]): string[] {
  const all = summaries.flatMap(({ changes }) => changes);
  const repaired = all.filter(({ repairs }) => repairs !== undefined).length;
  if (repaired === 0) return [];
  const verb = repaired === 1 ? "is" : "are";
  return [
    `Of ${all.length} ${all.length === 1 ? "resource" : "resources"}, ${repaired} ${verb} changed or gone outside of the code, ` +
      "and put back (configuration drift).",
  ];
}
