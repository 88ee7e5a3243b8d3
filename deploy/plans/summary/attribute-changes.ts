import { isDeepStrictEqual } from "node:util";
import type { Change, Json, Marks } from "../../terraform/plan-json";
import { pairsOf } from "./pairs";
import {
  hidden,
  isList,
  isMarked,
  isObject,
  marksAt,
  redact,
  show,
  showBoth,
  structureOf,
  unknown,
} from "./values";

/** What becomes of one attribute. */
export interface AttributeChange {
  /** Such as `policy.Statement[OwnKey].Action[]`. */
  readonly path: string;
  /** Undefined where it had no value. */
  readonly before?: string;
  /** Undefined where it has no value any more. */
  readonly after?: string;
}

/** A value before and after, with Terraform's marks on it. */
interface Sides {
  readonly path: string;
  /** Last step of the path. */
  readonly key: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly hiddenBefore: Marks;
  readonly hiddenAfter: Marks;
  readonly unknown: Marks;
}

/** Tags that the provider adds up from `tags` and its defaults. */
const derived = new Set(["tags_all"]);

/** The attributes that differ, leaf by leaf; JSON in texts is compared part by part. */
export function attributeChanges(change: Change): AttributeChange[] {
  return changesIn({
    path: "",
    key: "",
    before: change.before,
    after: change.after,
    hiddenBefore: change.before_sensitive,
    hiddenAfter: change.after_sensitive,
    unknown: change.after_unknown,
  }).filter(({ path }, _, all) => !isDerived(path) || all.every((other) => isDerived(other.path)));
}

const isDerived = (path: string): boolean => derived.has(path.split(".")[0] ?? "");

/** The attributes a new resource gets, as far as they are known; lists and blocks as a whole. */
export function attributesOfNew({ after, after_sensitive }: Change): AttributeChange[] {
  if (!isObject(after)) return [];
  return Object.entries(after).flatMap(([key, value]) => {
    const nothing = value === null || value === "" || (isList(value) && value.length === 0);
    if (nothing || isDerived(key)) return [];
    return [{ path: key, after: show(redact(value, hideIfAny(marksAt(after_sensitive, key)), key)) }];
  });
}

/** Within a set, marks and values may be in different order: where one is hidden, all are. */
const hideIfAny = (marks: Marks): Marks => (isList(marks) && isMarked(marks) ? true : marks);

function changesIn(sides: Sides): AttributeChange[] {
  const { before, after, hiddenBefore, hiddenAfter } = sides;
  if (sides.unknown === true) return [leaf(sides)];
  if (isDeepStrictEqual(before, after) && !isMarked(sides.unknown)) return [];
  if (hiddenBefore === true || hiddenAfter === true) return [leaf(sides)];
  const inner = { ...sides, before: inside(before), after: inside(after) };
  if (isList(inner.before) && isList(inner.after)) return changesInList(inner, inner.before, inner.after);
  if (isObject(inner.before) && isObject(inner.after))
    return changesInObject(inner, inner.before, inner.after);
  return [leaf(sides)];
}

const inside = (value: Json | undefined): Json | undefined =>
  value === undefined ? undefined : structureOf(value);

function changesInObject(sides: Sides, before: object, after: object): AttributeChange[] {
  const pending = isObject(sides.unknown) ? Object.keys(sides.unknown) : [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after), ...pending])];
  return names.toSorted().flatMap((name) =>
    changesIn({
      path: sides.path === "" ? name : `${sides.path}.${name}`,
      key: name,
      before: (before as Record<string, Json>)[name],
      after: (after as Record<string, Json>)[name],
      hiddenBefore: marksAt(sides.hiddenBefore, name),
      hiddenAfter: marksAt(sides.hiddenAfter, name),
      unknown: marksAt(sides.unknown, name),
    }),
  );
}

function changesInList(sides: Sides, before: readonly Json[], after: readonly Json[]): AttributeChange[] {
  if (isMarked(sides.hiddenBefore) || isMarked(sides.hiddenAfter))
    return [leaf({ ...sides, hiddenBefore: true, hiddenAfter: true })];
  if (isList(sides.unknown) && sides.unknown.length > after.length) return [leaf(sides)];
  const pairs = pairsOf(before, after);
  const changes = pairs.flatMap(({ name, from, to }) =>
    changesIn({
      path: `${sides.path}[${name}]`,
      key: sides.key,
      before: from === undefined ? undefined : before[from],
      after: to === undefined ? undefined : after[to],
      hiddenBefore: undefined,
      hiddenAfter: undefined,
      unknown: to === undefined ? undefined : marksAt(sides.unknown, to),
    }),
  );
  return changes.length > 0
    ? changes
    : [{ path: sides.path, before: "(one order)", after: "(another order)" }];
}

function leaf(sides: Sides): AttributeChange {
  const before = shown(sides.before, sides.hiddenBefore, sides.key);
  const after = sides.unknown === true ? unknown : shown(sides.after, sides.hiddenAfter, sides.key);
  const texts = before !== undefined && after !== undefined ? showBoth(before, after) : undefined;
  return {
    path: sides.path,
    ...(before !== undefined && { before: texts?.before ?? show(before) }),
    ...(after !== undefined && { after: texts?.after ?? show(after) }),
  };
}

function shown(value: Json | undefined, marks: Marks, key: string): Json | undefined {
  if (value === undefined || value === null) return undefined;
  return marks === true ? hidden : redact(value, marks, key);
}
