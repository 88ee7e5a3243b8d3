/** Longest text on a line that is shown whole, in characters. */
const longest = 2000;

/** Characters shown of what two long texts have in common before they part. */
const lead = 20;

/** A text on one line, cut where it is very long, saying so. */
export const shortened = (text: string): string => cut(text, 0);

/** Two texts on one line each; very long ones from a little before where they part. */
export function beforeAndAfter(before: string, after: string): readonly [string, string] {
  const from = Math.max(before.length, after.length) > longest ? commonStart(before, after) - lead : 0;
  return [cut(before, from), cut(after, from)];
}

function commonStart(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}

function cut(text: string, from: number): string {
  const start = from > 0 ? from : 0;
  const end = start + longest;
  const left = text.length - end;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${left > 0 ? `… (${left} characters more)` : ""}`;
}
