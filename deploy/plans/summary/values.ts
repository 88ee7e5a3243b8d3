import { namesSecret, secretIn } from "../../../config/secrets";
import type { Json, Marks } from "../../terraform/plan-json";

/** Stands where a value may not be shown. */
export const hidden = "(sensitive)";
export const unknown = "(known after apply)";

/** Longest value that is shown whole, in characters. */
const longest = 100;

/** Characters shown of what two long values have in common before they part. */
const lead = 20;

type JsonObject = Readonly<Record<string, Json>>;

export const isObject = (value: Marks): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const isList = (value: Marks): value is readonly Json[] => Array.isArray(value);

/** The marks on one part of a value. */
export function marksAt(marks: Marks, step: string | number): Marks {
  if (marks === true) return true;
  if (isList(marks)) return marks[step as number];
  return isObject(marks) ? marks[step] : undefined;
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

/** A value with all that is marked, or looks like a credential, left out. */
export function redact(value: Json, marks?: Marks, key = ""): Json {
  if (marks === true) return hidden;
  const inner = structureOf(value);
  if (isList(inner)) return inner.map((item, index) => redact(item, marksAt(marks, index)));
  if (isObject(inner)) {
    const entries = Object.entries(inner);
    return Object.fromEntries(
      entries.map(([name, item]) => [name, redact(item, marksAt(marks, name), name)]),
    );
  }
  return isCredential(value, key) ? hidden : value;
}

/** Values that Terraform does not mark: a password in a function's environment, a token in a pipeline's parameters. */
const isCredential = (value: Json, key: string): boolean =>
  typeof value === "string" && value !== "" && (namesSecret(key) || secretIn(value) !== undefined);

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
