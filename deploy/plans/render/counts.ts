import type { Counts } from "../summary";

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
