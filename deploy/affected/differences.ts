import { isDeepStrictEqual } from "node:util";
import type { StackFiles, Stacks } from "./stack-files";

/** A stack that a change concerns. */
export interface AffectedStack {
  readonly id: string;
  /** What differs, one line each. */
  readonly reasons: readonly string[];
}

/** What two syntheses differ in. */
export interface Differences {
  readonly stacks: readonly AffectedStack[];
  /** Stacks that are no more: nothing plans them, and what they hold stays until it is destroyed. */
  readonly removed: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

export function differences(before: Stacks, after: Stacks): Differences {
  const stacks = Object.entries(after).flatMap(([id, files]) => {
    const reasons = reasonsFor(before[id], files);
    return reasons.length > 0 ? [{ id, reasons }] : [];
  });
  return {
    stacks: stacks.toSorted((a, b) => a.id.localeCompare(b.id)),
    removed: Object.keys(before)
      .filter((id) => !(id in after))
      .toSorted(),
  };
}

/** Why a stack is affected; empty where it is not. */
export function reasonsFor(before: StackFiles | undefined, after: StackFiles): string[] {
  if (!before) return ["the stack is new"];
  return [
    ...changes(partsOf(before.configuration), partsOf(after.configuration), attributesThatDiffer),
    ...changes(before.assets, after.assets),
  ];
}

function changes(
  before: Json,
  after: Json,
  details?: (before: unknown, after: unknown) => string[],
): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.flatMap((name) => {
    if (!(name in before)) return [`${name} added`];
    if (!(name in after)) return [`${name} removed`];
    if (isDeepStrictEqual(before[name], after[name])) return [];
    const which = details?.(before[name], after[name]) ?? [];
    return [which.length > 0 ? `${name} changed: ${which.join(", ")}` : `${name} changed`];
  });
}

/** Sections whose blocks have a type and a name. */
const named = new Set(["resource", "data"]);

/** A configuration's blocks by address, without cdktf's comments. */
function partsOf(configuration: Json): Json {
  const parts = Object.entries(configuration).flatMap(([section, content]) => {
    if (section === "//") return [];
    if (!isObject(content)) return [[section, content] as const];
    return named.has(section) ? blocksOf(section, content) : prefixed(`${section}.`, content);
  });
  return withoutComments(Object.fromEntries(parts)) as Json;
}

const blocksOf = (section: string, types: Json): (readonly [string, unknown])[] =>
  Object.entries(types).flatMap(([type, blocks]) =>
    prefixed(`${section === "data" ? "data." : ""}${type}.`, blocks as Json),
  );

const prefixed = (prefix: string, content: Json): (readonly [string, unknown])[] =>
  Object.entries(content).map(([name, value]) => [`${prefix}${name}`, value] as const);

/** Without what cdktf says of its constructs. */
export function withoutComments(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutComments);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutComments(inner)]));
}

function attributesThatDiffer(before: unknown, after: unknown): string[] {
  if (!isObject(before) || !isObject(after)) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
}

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
