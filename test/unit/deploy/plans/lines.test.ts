import fc from "fast-check";
import { linesOf, type SignedLine } from "../../../../deploy/plans/summary/lines";
import { treeOf } from "../../../../deploy/plans/summary/tree";
import type { Json } from "../../../../deploy/terraform/plan-json";

const json = fc.letrec<{ value: Json; plain: Json; list: Json; object: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, tie("plain"), tie("list"), tie("object")),
  plain: fc.oneof(fc.constantFrom<Json>("a", "b", "c", 1, true, null), fc.string({ maxLength: 3 })),
  list: fc.array(tie("value"), { maxLength: 5 }),
  object: fc.dictionary(fc.constantFrom("x", "y", "z", "Sid"), tie("value"), { maxKeys: 4 }),
})).value;

/** Lines as a reader would read them aloud, without what is on the other side. */
const side = (lines: readonly SignedLine[], other: "+" | "-"): string =>
  lines
    .filter(({ sign }) => sign !== other)
    .map(({ text }) => text)
    .join("\n");

/** One side's lines as JSON again: they are JSON but for the commas. */
const parsed = (text: string): unknown =>
  JSON.parse(text.replace(/([^[{,\n])\n(?!\s*[\]}])/g, "$1,\n")) as unknown;

test("what stays and goes is what was, and what stays and comes is what will be", () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      const lines = linesOf(treeOf(before), treeOf(after));
      const [old, current] = [treeOf(before), treeOf(after)].map((tree) => linesOf(undefined, tree));
      expect(parsed(side(lines, "+"))).toEqual(parsed(side(old ?? [], "-")));
      expect(parsed(side(lines, "-"))).toEqual(parsed(side(current ?? [], "-")));
    }),
  );
});

test("of the same nothing comes or goes", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(linesOf(treeOf(value), treeOf(value)).every(({ sign }) => sign === " ")).toBe(true);
    }),
  );
});

test("very long lists are not compared element by element", () => {
  const list = (first: number) => treeOf(Array.from({ length: 1500 }, (_, index) => index + first));
  const lines = linesOf(list(0), list(1));
  expect(lines.filter(({ sign }) => sign === "-")).toHaveLength(1500);
  expect(lines.filter(({ sign }) => sign === "+")).toHaveLength(1500);
});

test("a secret that changes is a change, and is not shown", () => {
  const lines = linesOf(treeOf({ api_token: "hush-1", a: 1 }), treeOf({ api_token: "hush-2", a: 1 }));
  expect(lines.map(({ sign, text }) => sign + text)).toEqual([
    " {",
    '-  "api_token": (sensitive)',
    '+  "api_token": (sensitive)',
    '   "a": 1',
    " }",
  ]);
});
