import { isDeepStrictEqual } from "node:util";
import { namesSecret } from "../../../config/secrets";
import type { Change, Json, Marks } from "../../terraform/plan-json";
import { isShownWhole, withStatementList } from "./documents";
import { linesOf, longest, type SignedLine } from "./lines";
import { withCopiesMarked } from "./marked-copies";
import { pairsOf } from "./pairs";
import { textOf, treeOf, type Tree } from "./tree";
import { isList, isMarked, isObject, keyOf, marksAt, stepOf, structureOf, unknown, valueAt } from "./values";
import type { JsonObject } from "./values";
import { withWritten } from "./written";

/** What becomes of one attribute; nothing is cut. */
export interface AttributeChange {
  /** Such as `pipeline_definition.Steps[Train].Arguments.RoleArn`. */
  readonly path: string;
  /** Undefined where it had no value. */
  readonly before?: string;
  /** Undefined where it has no value any more. */
  readonly after?: string;
  /** The same line by line, where a line alone is not to be read, or what stays matters. */
  readonly lines?: readonly SignedLine[];
  /** The value is as the code has it: it refers to what is known only after the apply. */
  readonly written?: true;
  /** Somebody changed it since the last apply; whether the plan does no more than put back what was. */
  readonly drifted?: "repaired" | "and changed";
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

/**
 * The attributes that differ, leaf by leaf; JSON in texts is compared part by part, policies by statement.
 * @param attributes what the code says of the resource
 */
export function attributeChanges(plain: Change, attributes?: JsonObject): AttributeChange[] {
  const { change, written } = withWritten(withCopiesMarked(plain), attributes);
  const changes = changesIn({
    path: "",
    key: "",
    before: change.before,
    after: change.after,
    hiddenBefore: change.before_sensitive,
    hiddenAfter: change.after_sensitive,
    unknown: change.after_unknown,
  }).filter(({ path }, _, all) => !isDerived(path) || all.every((other) => isDerived(other.path)));
  return changes.map((change) => marked(change, written));
}

const marked = (change: AttributeChange, written: readonly string[]): AttributeChange =>
  written.includes(/^[^.[]*/.exec(change.path)?.[0] ?? "") ? { ...change, written: true } : change;

const isDerived = (path: string): boolean => derived.has(path.split(".")[0] ?? "");

/** The attributes a new resource gets, as far as they are known; lists and blocks as a whole. */
export function attributesOfNew(plain: Change, attributes?: JsonObject): AttributeChange[] {
  const { change, written } = withWritten(withCopiesMarked(plain), attributes);
  const { after, after_sensitive } = change;
  if (!isObject(after)) return [];
  return Object.entries(after).flatMap(([key, value]) => {
    const nothing = value === null || value === "" || (isList(value) && value.length === 0);
    if (nothing || isDerived(key)) return [];
    const tree = treeOf(value, marksAt(after_sensitive, key), key);
    return [marked(told(stepOf(key), undefined, tree, key), written)];
  });
}

function changesIn(sides: Sides): AttributeChange[] {
  const { before, after, hiddenBefore, hiddenAfter } = sides;
  if (sides.unknown === true) return [leaf(sides)];
  if (isDeepStrictEqual(before, after) && !isMarked(sides.unknown)) return [];
  if (isAbsent(before) && isAbsent(after) && !isMarked(sides.unknown)) return [];
  if (hiddenBefore === true || hiddenAfter === true || namesSecret(sides.key)) return [leaf(sides)];
  const inner = { ...sides, before: inside(before), after: inside(after) };
  if (isShownWhole(sides.key, inner.before, inner.after)) return [leaf(inner)];
  if (isList(inner.before) && isList(inner.after)) return changesInList(inner, inner.before, inner.after);
  if (!isObject(inner.before) || !isObject(inner.after)) return [leaf(sides)];
  const changes = changesInObject(inner, withStatementList(inner.before), withStatementList(inner.after));
  return changes.length > 0 || typeof before !== "string" ? changes : [rewritten(sides.path)];
}

const isAbsent = (value: Json | undefined): boolean => value === undefined || value === null;

const inside = (value: Json | undefined): Json | undefined =>
  value === undefined ? undefined : structureOf(value);

/** JSON that says the same, in other words. */
const rewritten = (path: string): AttributeChange => ({
  path,
  before: "(the same JSON)",
  after: "(written otherwise)",
});

function changesInObject(sides: Sides, before: JsonObject, after: JsonObject): AttributeChange[] {
  const pending = isObject(sides.unknown) ? Object.keys(sides.unknown) : [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after), ...pending])];
  return names.toSorted().flatMap((name) =>
    changesIn({
      path: sides.path === "" ? stepOf(name) : `${sides.path}.${stepOf(name)}`,
      key: keyOf(name, before, after),
      before: valueAt(before, name),
      after: valueAt(after, name),
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
      path: `${sides.path}[${stepOf(name)}]`,
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
  const { path, key } = sides;
  // Hidden on one side is hidden on both: that a mark is gone does not make the value public.
  const marks = sides.hiddenBefore === true || sides.hiddenAfter === true;
  const before = shown(sides.before, marks || sides.hiddenBefore, key);
  if (sides.unknown === true) return { ...told(path, before, undefined, key), after: unknown };
  return told(path, before, shown(sides.after, marks || sides.hiddenAfter, key), key);
}

function shown(value: Json | undefined, marks: Marks, key: string): Tree | undefined {
  return value === undefined || value === null ? undefined : treeOf(value, marks, key);
}

/** What is said of a value that was, and of the one that is to be. */
function told(path: string, before: Tree | undefined, after: Tree | undefined, key: string): AttributeChange {
  const texts = {
    ...(before && { before: textOf(before) }),
    ...(after && { after: textOf(after) }),
  };
  const structured = [before, after].some((tree) => tree && tree.kind !== "leaf");
  const long = Object.values(texts).some((text) => text.length > longest);
  const both = before !== undefined && after !== undefined;
  if (!structured || !(long || (both && isShownWhole(key)))) return { path, ...texts };
  return { path, ...texts, lines: linesOf(before, after) };
}
