import { closest, distance } from "fastest-levenshtein";

/** ` (did you mean "…"?)` for the nearest known word, where one is near enough to be meant; empty otherwise. */
export function didYouMean(word: unknown, known: readonly string[]): string {
  if (typeof word !== "string" || known.length === 0) return "";
  const lower = word.toLowerCase();
  const nearest = closest(
    lower,
    known.map((candidate) => candidate.toLowerCase()),
  );
  const original = known.find((candidate) => candidate.toLowerCase() === nearest);
  const near = distance(lower, nearest) <= (word.length < 3 ? 1 : Math.max(2, Math.floor(word.length / 3)));
  return near && original !== undefined ? ` (did you mean "${original}"?)` : "";
}
