import { namesSecret, secretIn } from "../../../config/secrets";
import type { Change, Json, Marks } from "../../terraform/plan-json";

/** Stands where a value may not be shown. */
export const hidden = "(sensitive)";
export const unknown = "(known after apply)";

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
const isEmpty = (value: Marks): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (typeof value === "object" && Object.keys(value).length === 0);

/** What happens to a resource but for what only looks so: one kind of nothing in place of another. */
export function withoutEmptyDifferences(change: Change): Change {
  const { before, after } = change;
  if (!isObject(before) || !isObject(after)) return change;
  const same = Object.entries(after).map(([name, value]): [string, Json] => {
    const old = valueAt(before, name) ?? null;
    return [name, isEmpty(old) && isEmpty(value) ? old : value];
  });
  return { ...change, after: Object.fromEntries(same) };
}

/** What a password cannot be, whatever its key is called: a switch, or nothing. */
export const isHarmless = (value: Json): boolean => typeof value === "boolean" || isEmpty(value);

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
