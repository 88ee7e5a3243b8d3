import { namesSecret, secretIn } from "../../../config/secrets";
import type { Json, Marks } from "../../terraform/plan-json";
import {
  hidden,
  isHarmless,
  isList,
  isMarked,
  isObject,
  keyOf,
  marksAt,
  stepOf,
  structureOf,
} from "./values";

/** A plain value: what is shown of it, and what tells it apart from others, which is never shown. */
export interface Leaf {
  readonly kind: "leaf";
  readonly text: string;
  readonly identity: string;
}

/** A value as it may be shown: JSON in texts is opened, and what is secret is hidden. */
export type Tree =
  | Leaf
  | { readonly kind: "list"; readonly items: readonly Tree[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [name: string, value: Tree])[] };

const leaf = (value: Json): Leaf => ({
  kind: "leaf",
  text: JSON.stringify(value),
  identity: JSON.stringify(value),
});

const secret = (value: Json): Leaf => ({ kind: "leaf", text: hidden, identity: JSON.stringify(value) });

/**
 * A value with all that is marked, or looks like a credential, hidden. A list goes as a whole where anything in it is
 * marked: marks and values of a set may be in different order.
 * @param key what says whether the value is a credential
 */
export function treeOf(value: Json, marks?: Marks, key = ""): Tree {
  if (isMarked(marks) && !(isObject(value) && isObject(marks))) return secret(value);
  const inner = structureOf(value);
  if (namesSecret(key)) return isHarmless(inner) ? leaf(value) : secret(value);
  if (isList(inner)) return { kind: "list", items: inner.map((item) => treeOf(item)) };
  if (!isObject(inner))
    return typeof inner === "string" && secretIn(inner) !== undefined ? secret(value) : leaf(value);
  const entries = Object.entries(inner).map(
    ([name, item]) => [stepOf(name), treeOf(item, marksAt(marks, name), keyOf(name, inner))] as const,
  );
  return { kind: "object", entries };
}

/** What is shown of a tree, on one line. */
export function textOf(tree: Tree): string {
  if (tree.kind === "leaf") return tree.text;
  if (tree.kind === "list") return `[${tree.items.map(textOf).join(",")}]`;
  return `{${tree.entries.map(([name, value]) => `${JSON.stringify(name)}:${textOf(value)}`).join(",")}}`;
}

/** What tells a tree apart from others, the order of keys aside. */
export function identityOf(tree: Tree): string {
  if (tree.kind === "leaf") return tree.identity;
  if (tree.kind === "list") return `[${tree.items.map(identityOf).join(",")}]`;
  const entries = tree.entries.map(([name, value]) => `${JSON.stringify(name)}:${identityOf(value)}`);
  return `{${entries.toSorted().join(",")}}`;
}
