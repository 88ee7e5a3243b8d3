import fc from "fast-check";
import type { Json, Marks } from "../../../../deploy/terraform/plan-json";
import { everythingSaid } from "./support/everything-said";
import { created, planOf, resource, updated } from "./support/plan-change";

/** No value of a secret's may be part of any other word that is shown. */
const secretText = fc.stringMatching(/^hush-[0-9a-f]{12}$/);

const plainText = fc.string({ maxLength: 8 }).filter((text) => !text.includes("hush-"));
const plainValue = fc.oneof(
  fc.constant<Json>(null),
  fc.boolean(),
  fc.integer(),
  plainText,
  fc.array(plainText, { maxLength: 2 }),
);

interface Marked {
  readonly value: Json;
  readonly marks: Marks;
}

/** A value with secrets in it at any depth, and Terraform's marks on them. */
const marked = fc.letrec<{ node: Marked; secret: Marked; plain: Marked; list: Marked; object: Marked }>(
  (tie) => ({
    node: fc.oneof({ depthSize: "small" }, tie("secret"), tie("plain"), tie("list"), tie("object")),
    secret: fc
      .oneof(
        secretText,
        secretText.map((text) => JSON.stringify({ Statement: [{ Sid: "A", Value: text }] })),
        secretText.map((text): Json => ({ inner: [text] })),
        secretText.map((text): Json => [text]),
      )
      .map((value) => ({ value, marks: true })),
    plain: plainValue.map((value) => ({ value, marks: false })),
    list: fc
      .tuple(fc.array(tie("node"), { minLength: 1, maxLength: 4 }), fc.boolean())
      .map(([items, set]) => ({
        value: items.map(({ value }) => value),
        // Of a set, Terraform's marks may come in another order than its values.
        marks: marksOfList(set ? items.toReversed() : items),
      })),
    object: fc.dictionary(plainText, tie("node"), { minKeys: 1, maxKeys: 4 }).map((fields) => ({
      value: Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value])),
      marks: marksOfObject(fields),
    })),
  }),
);

const marksOfList = (items: readonly Marked[]): Marks => items.map(({ marks }) => marks ?? false);
const marksOfObject = (fields: Readonly<Record<string, Marked>>): Marks =>
  Object.fromEntries(Object.entries(fields).map(([name, { marks }]) => [name, marks ?? false]));

const attributes = fc.dictionary(plainText, marked.node, { minKeys: 1, maxKeys: 3 }).map((fields) => ({
  value: Object.fromEntries(Object.entries(fields).map(([name, { value }]) => [name, value])),
  marks: marksOfObject(fields),
}));

test("what is marked in a new resource, at any depth and in sets, is nowhere to be read", () => {
  fc.assert(
    fc.property(attributes, ({ value, marks }) => {
      expect(everythingSaid(planOf(resource("aws_x.one", created(value, marks))))).not.toContain("hush-");
    }),
    { numRuns: 300 },
  );
});

test("nor is what is marked before or after a change, or a replacement, whatever became of it", () => {
  fc.assert(
    fc.property(attributes, attributes, fc.boolean(), (before, after, replaced) => {
      const change = updated(before.value, after.value, {
        before_sensitive: before.marks,
        after_sensitive: after.marks,
        ...(replaced && { actions: ["delete", "create"] as const }),
      });
      expect(everythingSaid(planOf(resource("aws_x.one", change)))).not.toContain("hush-");
    }),
    { numRuns: 300 },
  );
});

test("nor the copy that a provider puts, unmarked, into another attribute, a text or a JSON text", () => {
  const before = { password: "hush-000000000000", id: "", endpoint: "", body: "" };
  const after = {
    password: 'hush-"1" & more',
    id: 'hush-"1" & more',
    endpoint: 'db://hush-"1" & more@host',
    body: JSON.stringify({ list: [{ inner: JSON.stringify({ x: 'hush-"1" & more' }) }] }),
  };
  const change = updated(before, after, {
    before_sensitive: { password: true },
    after_sensitive: { password: true },
  });
  const said = everythingSaid(
    planOf(resource("aws_x.one", change), resource("aws_x.two", created(after, { password: true }))),
  );
  expect(said).not.toContain("hush-");
  expect(said).toContain("endpoint: (sensitive) → (sensitive)");
});

test("nor what was marked, once the code marks it no longer, or is marked only from now on", () => {
  const change = (before_sensitive: Marks, after_sensitive: Marks) =>
    updated(
      { a: "old-a", s: ["old-s"] },
      { a: "new-a", s: ["new-s"] },
      { before_sensitive, after_sensitive },
    );
  const marks = { a: true, s: [true] };
  for (const [before, after] of [
    [marks, {}],
    [{}, marks],
  ] as const) {
    const said = everythingSaid(planOf(resource("aws_x.one", change(before, after))));
    expect(said).toContain("a: (sensitive) → (sensitive)");
    expect(said).toContain("s: (sensitive) → (sensitive)");
    expect(said).not.toMatch(/(old|new)-/);
  }
});

test("what is not marked is shown", () => {
  const said = everythingSaid(
    planOf(
      resource(
        "aws_x.one",
        updated({ a: "one", s: "x" }, { a: "two", s: "y" }, { after_sensitive: { s: true } }),
      ),
    ),
  );
  expect(said).toContain('a: "one" → "two"');
});
