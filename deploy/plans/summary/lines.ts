import { alignment } from "./alignment";
import { identityOf, textOf, type Tree } from "./tree";

/** One line of a value: what the plan adds, what it takes away, or (a space) what stays. */
export interface SignedLine {
  readonly sign: "+" | "-" | " ";
  readonly text: string;
}

type Sign = SignedLine["sign"];

/** What fits into so many characters stands on one line. */
export const longest = 100;

/** Where a value stands: its key, and how far to the right. */
interface Position {
  readonly name?: string;
  readonly depth: number;
}

/** What a value was and becomes, line by line; undefined where there is none. Lists are compared as sequences. */
export function linesOf(before: Tree | undefined, after: Tree | undefined): SignedLine[] {
  return difference(before, after, { depth: 0 });
}

function difference(before: Tree | undefined, after: Tree | undefined, at: Position): SignedLine[] {
  if (!before) return after ? whole(after, "+", at) : [];
  if (!after) return whole(before, "-", at);
  if (identityOf(before) === identityOf(after)) return whole(after, " ", at);
  if (before.kind === "object" && after.kind === "object") return differenceOfObjects(before, after, at);
  if (before.kind === "list" && after.kind === "list") return differenceOfLists(before, after, at);
  return [...whole(before, "-", at), ...whole(after, "+", at)];
}

type ObjectTree = Extract<Tree, { readonly kind: "object" }>;
type ListTree = Extract<Tree, { readonly kind: "list" }>;

function differenceOfObjects(before: ObjectTree, after: ObjectTree, at: Position): SignedLine[] {
  const [old, current] = [new Map(before.entries), new Map(after.entries)];
  const names = [...new Set([...old.keys(), ...current.keys()])];
  return enclosed("{", "}", " ", at, (depth) =>
    names.flatMap((name) => difference(old.get(name), current.get(name), { name, depth })),
  );
}

const differenceOfLists = (before: ListTree, after: ListTree, at: Position): SignedLine[] =>
  enclosed("[", "]", " ", at, (depth) =>
    alignment(before.items.map(identityOf), after.items.map(identityOf)).flatMap(([from, to]) =>
      difference(
        from === undefined ? undefined : before.items[from],
        to === undefined ? undefined : after.items[to],
        { depth },
      ),
    ),
  );

/** A whole value with one sign. */
function whole(tree: Tree, sign: Sign, at: Position): SignedLine[] {
  const line = `${prefix(at)}${spaced(tree)}`;
  if (tree.kind === "leaf" || line.length <= longest) return [{ sign, text: line }];
  if (tree.kind === "list")
    return enclosed("[", "]", sign, at, (depth) =>
      tree.items.flatMap((item) => whole(item, sign, { depth })),
    );
  return enclosed("{", "}", sign, at, (depth) =>
    tree.entries.flatMap(([name, value]) => whole(value, sign, { name, depth })),
  );
}

function enclosed(
  open: string,
  close: string,
  sign: Sign,
  at: Position,
  inside: (depth: number) => SignedLine[],
): SignedLine[] {
  return [
    { sign, text: `${prefix(at)}${open}` },
    ...inside(at.depth + 1),
    { sign, text: `${indent(at)}${close}` },
  ];
}

const indent = ({ depth }: Position): string => "  ".repeat(depth);

const prefix = (at: Position): string =>
  indent(at) + (at.name === undefined ? "" : `${JSON.stringify(at.name)}: `);

function spaced(tree: Tree): string {
  if (tree.kind === "leaf") return textOf(tree);
  if (tree.kind === "list") return `[${tree.items.map(spaced).join(", ")}]`;
  if (tree.entries.length === 0) return "{}";
  return `{ ${tree.entries.map(([name, value]) => `${JSON.stringify(name)}: ${spaced(value)}`).join(", ")} }`;
}
