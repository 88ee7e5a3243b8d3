import { describeAttribute } from "../../../../deploy/plans/render/details";
import { attributeChanges, attributesOfNew } from "../../../../deploy/plans/summary/attribute-changes";
import type { Change, Json } from "../../../../deploy/terraform/plan-json";
import { created, updated } from "./support/plan-change";

const changes = (before: Json, after: Json, parts: Partial<Change> = {}): string[] =>
  attributeChanges(updated(before, after, parts)).flatMap(describeAttribute);

const text = (value: Json): string => JSON.stringify(value);

test("a pipeline definition names the step and the parameter that change", () => {
  const definition = (instance: string, limit: number): Json => ({
    pipeline_definition: text({
      Parameters: [{ Name: "AucThreshold", Type: "Float", DefaultValue: limit }],
      Steps: [
        { Name: "Prepare", Type: "Processing" },
        { Name: "Train", Type: "Training", Arguments: { ResourceConfig: { InstanceType: instance } } },
      ],
    }),
  });
  expect(changes(definition("ml.m5.large", 0.8), definition("ml.m5.xlarge", 0.85))).toEqual([
    "pipeline_definition.Parameters[AucThreshold].DefaultValue: 0.8 → 0.85",
    'pipeline_definition.Steps[Train].Arguments.ResourceConfig.InstanceType: "ml.m5.large" → "ml.m5.xlarge"',
  ]);
});

test("JSON within JSON is compared too", () => {
  const nested = (value: number): Json => ({ input: text({ inner: text({ value }) }) });
  expect(changes(nested(1), nested(2))).toEqual(["input.inner.value: 1 → 2"]);
});

test("a block that comes or goes is shown whole; null is nothing", () => {
  expect(changes({ rule: [], a: null }, { rule: [{ id: "old", days: 1 }] })).toEqual([
    'rule[old]: + {"id":"old","days":1}',
  ]);
  expect(changes({ a: "x" }, { a: null })).toEqual(['a: - "x"']);
  expect(changes({ a: null }, {})).toEqual([]);
});

test("what is known only after the apply says so, at any depth", () => {
  const after_unknown = { arn: true, list: [false, true], block: [{ id: true }] };
  expect(
    changes(
      { arn: "a", list: ["x"], block: [{ id: "1", n: 1 }] },
      { list: ["x", null], block: [{ n: 1 }] },
      { after_unknown },
    ),
  ).toEqual([
    'arn: "a" → (known after apply)',
    'block[0].id: "1" → (known after apply)',
    "list[]: + (known after apply)",
  ]);
});

test("tags that the provider adds up are left out beside those they come from, and shown alone", () => {
  const tags = (value: string) => ({ tags: { a: value }, tags_all: { a: value } });
  expect(changes(tags("1"), tags("2"))).toEqual(['tags.a: "1" → "2"']);
  expect(changes({ tags_all: { a: "1" } }, { tags_all: { a: "2" } })).toEqual(['tags_all.a: "1" → "2"']);
});

test("long texts are whole; of two very long ones the part is shown where they part", () => {
  const long = "x".repeat(500);
  expect(changes({ a: `${long}-old` }, { a: `${long}-new` })).toEqual([`a: "${long}-old" → "${long}-new"`]);
  const start = "x".repeat(5000);
  const [line = ""] = changes({ a: `${start}-old-${start}` }, { a: `${start}-new-${start}` });
  const rest = "… (3025 characters more)";
  expect(line).toBe(
    `a: …${"x".repeat(19)}-old-${"x".repeat(1976)}${rest} → …${"x".repeat(19)}-new-${"x".repeat(1976)}${rest}`,
  );
});

test("keys that every object has do no harm", () => {
  const before = JSON.parse('{"constructor":"a","toString":"b","map":{}}') as Json;
  const after = JSON.parse('{"map":{"constructor":"c","__proto__":"d"}}') as Json;
  expect(changes(before, after)).toEqual([
    'constructor: - "a"',
    'map.__proto__: + "d"',
    'map.constructor: + "c"',
    'toString: - "b"',
  ]);
});

test("a new resource shows all that is known of it, without what is empty", () => {
  const after = { a: "x".repeat(300), b: null, c: "", d: [], e: { f: 1 }, g: false, tags_all: { x: "y" } };
  expect(attributesOfNew(created(after)).flatMap(describeAttribute)).toEqual([
    `a: + "${"x".repeat(300)}"`,
    'e: + {"f":1}',
    "g: + false",
  ]);
  expect(attributesOfNew(created(null))).toEqual([]);
});

test("nothing in a value acts on a terminal, or hides", () => {
  const escape = "\u001b[2J\u009b31m\u202e\u200b\u2028";
  const [line] = changes({ a: "x" }, { a: escape, [`b${escape}`]: "y" });
  expect(line).toBe('a: "x" → "\\u001b[2J\\u{9b}31m\\u{202e}\\u{200b}\\u{2028}"');
  expect(changes({}, { [`b\u001b[2J`]: "y" })).toEqual(['b\\u{1b}[2J: + "y"']);
});
