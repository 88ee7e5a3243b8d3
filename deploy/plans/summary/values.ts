import { namesSecret, secretIn } from "../../../config/secrets";
import type { Json, Marks } from "../../terraform/plan-json";

/** Stands where a value may not be shown. */
export const hidden = "(sensitive)";
export const unknown = "(known after apply)";

/** Longest value that is shown whole, in characters. */
const longest = 100;

/** Characters shown of what two long values have in common before they part. */
const lead = 20;

export type JsonObject = Readonly<Record<string, Json>>;

export const isObject = (value: Marks): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isList = (value: Marks): value is readonly Json[] => Array.isArray(value);

/** One part of an object; undefined where it has none of that name, not even `constructor`. */
export const valueAt = (value: JsonObject, step: string): Json | undefined =>
  Object.hasOwn(value, step) ? value[step] : undefined;

/** The marks on one part of a value. */
export function marksAt(marks: Marks, step: string | number): Marks {
  if (marks === true) return true;
  if (isList(marks)) return marks[step as number];
  return isObject(marks) ? valueAt(marks, String(step)) : undefined;
}

/** Whether a value, or anything in it, is marked. */
export const isMarked = (marks: Marks): boolean =>
  marks === true || ((isList(marks) || isObject(marks)) && Object.values(marks).some(isMarked));

/** A text's own structure, where it is JSON, such as a policy or a pipeline definition. */
export function structureOf(value: Json): Json {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

/** Whether a value counts as absent: providers answer null, an empty list and an empty text for the same thing. */
export const isEmpty = (value: Marks): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (typeof value === "object" && Object.keys(value).length === 0);

/**
 * A value with all that is marked, or looks like a credential, left out. A list goes as a whole where anything in it is
 * marked: marks and values of a set may be in different order.
 */
export function redact(value: Json, marks?: Marks, key = ""): Json {
  if (isMarked(marks) && !(isObject(value) && isObject(marks))) return hidden;
  const inner = structureOf(value);
  if (namesSecret(key)) return isHarmless(inner) ? value : hidden;
  if (isList(inner)) return inner.map((item) => redact(item));
  if (!isObject(inner)) return typeof inner === "string" && secretIn(inner) !== undefined ? hidden : value;
  const entries = Object.entries(inner);
  return Object.fromEntries(
    entries.map(([name, item]) => [stepOf(name), redact(item, marksAt(marks, name), keyOf(name, inner))]),
  );
}

/** What a password cannot be, whatever its key is called: a switch, or nothing. */
const isHarmless = (value: Json): boolean => typeof value === "boolean" || isEmpty(value);

/** A step of a path, unless it looks like a credential itself. */
export const stepOf = (name: string): string => (secretIn(name) === undefined ? name : hidden);

/** What says whether a value is a credential: its key, or the name beside it (`{ "Name": "ApiToken", "Value": … }`). */
export function keyOf(name: string, ...parents: readonly JsonObject[]): string {
  if (!/values?$/i.test(name)) return name;
  const names = parents
    .flatMap((parent) => Object.entries(parent))
    .flatMap(([key, text]) => (/(?:name|key)$/i.test(key) && typeof text === "string" ? [text] : []));
  return names.find(namesSecret) ?? name;
}

/** A value on one line, cut where it is long. */
export function show(value: Json): string {
  return cut(textOf(value), 0);
}

/** Two values on one line each; long ones from a little before where they part. */
export function showBoth(before: Json, after: Json): { readonly before: string; readonly after: string } {
  const [old, current] = [textOf(before), textOf(after)];
  const from = Math.max(old.length, current.length) > longest ? commonStart(old, current) - lead : 0;
  return { before: cut(old, from), after: cut(current, from) };
}

const textOf = (value: Json): string =>
  value === hidden || value === unknown ? value : JSON.stringify(value);

function commonStart(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}

function cut(text: string, from: number): string {
  const start = from > 0 ? from : 0;
  const end = start + longest;
  return `${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}
