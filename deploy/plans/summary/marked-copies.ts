import type { Change, Json, Marks } from "../../terraform/plan-json";
import { isList, isMarked, isObject, marksAt, structureOf } from "./values";

/** Shorter ones are no secrets, and would blot out ordinary words. In characters. */
const shortest = 8;

/**
 * Marks the copies of marked values as well: a provider may put one into an attribute of its own, or into a longer
 * text, and Terraform marks neither.
 */
export function withCopiesMarked(change: Change): Change {
  const { before, after, before_sensitive, after_sensitive } = change;
  const texts = [...markedTexts(before, before_sensitive), ...markedTexts(after, after_sensitive)];
  if (texts.length === 0) return change;
  return {
    ...change,
    before_sensitive: marksOn(before, before_sensitive, texts),
    after_sensitive: marksOn(after, after_sensitive, texts),
  };
}

/** All texts under a mark; of a list with a mark anywhere, all: in a set, marks and values may differ in order. */
function markedTexts(value: Json, marks: Marks): string[] {
  if (!isMarked(marks)) return [];
  if (!isObject(value) || !isObject(marks)) return textsIn(value).filter((text) => text.length >= shortest);
  return Object.entries(value).flatMap(([name, item]) => markedTexts(item, marksAt(marks, name)));
}

function textsIn(value: Json): string[] {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

function marksOn(value: Json, marks: Marks, texts: readonly string[]): Json {
  if (isMarked(marks) && !(isObject(value) && isObject(marks))) return true;
  if (isList(value)) return value.map((item) => marksOn(item, undefined, texts));
  if (!isObject(value)) return holdsOneOf(value, texts);
  const entries = Object.entries(value);
  return Object.fromEntries(
    entries.map(([name, item]) => [name, marksOn(item, marksAt(marks, name), texts)]),
  );
}

/** Looks into JSON too, where a text may stand escaped. */
function holdsOneOf(value: Json, texts: readonly string[]): boolean {
  const structure = structureOf(value);
  const parts = structure === value ? textsIn(value) : [...textsIn(value), ...partsOf(structure)];
  return parts.some((part) => texts.some((text) => part.includes(text)));
}

const partsOf = (structure: Json): string[] =>
  textsIn(structure).flatMap((text) => {
    const inner = structureOf(text);
    return inner === text ? [text] : [text, ...partsOf(inner)];
  });
