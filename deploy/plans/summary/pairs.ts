import type { Json } from "../../terraform/plan-json";
import { identities } from "./identities";
import { pairsByContent } from "./pairs-by-content";
import { isObject } from "./values";

/** Which elements of two lists are one and the same; an index is undefined where a list lacks the element. */
export interface Pair {
  /** What the element is called in a path: its name or its index; empty for plain values. */
  readonly name: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/**
 * Pairs the elements of two lists: by name where each has one of its own, by value where all are plain, else by content.
 * An element that was put in or taken out in the middle thus does not make all behind it look changed.
 */
export function pairsOf(before: readonly Json[], after: readonly Json[]): Pair[] {
  const identity = identities.find((key) => [before, after].every((list) => tellsApart(list, key)));
  if (identity !== undefined)
    return pairsByName(
      before.map((item) => nameOf(item, identity)),
      after.map((item) => nameOf(item, identity)),
    );
  return [...before, ...after].every(isPlain) ? pairsByValue(before, after) : pairsByContent(before, after);
}

const isPlain = (item: Json): boolean => typeof item !== "object" || item === null;

const tellsApart = (list: readonly Json[], key: string): boolean =>
  list.every((item) => isObject(item) && typeof item[key] === "string") &&
  new Set(list.map((item) => nameOf(item, key))).size === list.length;

function nameOf(item: Json, key: string): string {
  const name = isObject(item) ? item[key] : undefined;
  return typeof name === "string" ? name : "";
}

function pairsByName(before: readonly string[], after: readonly string[]): Pair[] {
  const names = [...new Set([...before, ...after])];
  const place = (list: readonly string[], name: string) =>
    list.includes(name) ? list.indexOf(name) : undefined;
  return names.map((name) => ({ name, from: place(before, name), to: place(after, name) }));
}

function pairsByValue(before: readonly Json[], after: readonly Json[]): Pair[] {
  const gone = before.flatMap((item, from) =>
    after.includes(item) ? [] : [{ name: "", from, to: undefined }],
  );
  const added = after.flatMap((item, to) =>
    before.includes(item) ? [] : [{ name: "", from: undefined, to }],
  );
  return [...gone, ...added];
}
