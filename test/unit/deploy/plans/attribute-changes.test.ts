import { describeAttribute } from "../../../../deploy/plans/render/details";
import { attributeChanges, attributesOfNew } from "../../../../deploy/plans/summary/attribute-changes";
import type { Change, Json } from "../../../../deploy/terraform/plan-json";
import { created, updated } from "./support/plan-change";

const changes = (before: Json, after: Json, parts: Partial<Change> = {}): string[] =>
  attributeChanges(updated(before, after, parts)).map(describeAttribute);

const text = (value: Json): string => JSON.stringify(value);

describe("a policy in JSON text is compared part by part", () => {
  const own = { Sid: "Own", Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "*" };
  const other = { Sid: "Other", Effect: "Deny", Action: "*", Resource: "*" };
  const policy = (...Statement: Json[]): Json => ({ policy: text({ Version: "2012-10-17", Statement }) });

  test("an action within a statement is named by the statement", () => {
    expect(
      changes(policy(own, other), policy({ ...own, Action: ["s3:GetObject", "s3:List"] }, other)),
    ).toEqual([
      'policy.Statement[Own].Action[]: - "s3:PutObject"',
      'policy.Statement[Own].Action[]: + "s3:List"',
    ]);
  });

  test("a statement put in front makes none behind it look changed", () => {
    expect(changes(policy(own), policy(other, own))).toEqual([
      'policy.Statement[Other]: + {"Sid":"Other","Effect":"Deny","Action":"*","Resource":"*"}',
    ]);
  });

  test("statements without names are paired by place", () => {
    const [a, b] = [{ Action: "a" }, { Action: "b" }];
    expect(changes(policy(a, b), policy(a, { Action: "c" }))).toEqual([
      'policy.Statement[1].Action: "b" → "c"',
    ]);
  });

  test("statements of one name are paired by place as well", () => {
    const [a, b] = [
      { Sid: "A", Action: "a" },
      { Sid: "A", Action: "b" },
    ];
    expect(changes(policy(a, b), policy(b, b))).toEqual(['policy.Statement[0].Action: "a" → "b"']);
  });

  test("another order of the same is said to be no more than that", () => {
    expect(changes(policy(own, other), policy(other, own))).toEqual([
      "policy.Statement: (one order) → (another order)",
    ]);
  });

  test("the same JSON in another spelling too", () => {
    expect(changes({ policy: '{"a":1,"b":2}' }, { policy: '{ "b": 2, "a": 1 }' })).toEqual([
      "policy: (the same JSON) → (written otherwise)",
    ]);
  });

  test("one that becomes text, or was none, is shown as a whole", () => {
    expect(changes({ policy: "none" }, { policy: '{"a":1}' })).toEqual(['policy: "none" → {"a":1}']);
    expect(changes({ policy: "{" }, { policy: "{x" })).toEqual(['policy: "{" → "{x"']);
  });
});

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

test("of two long texts the part is shown where they part", () => {
  const start = "x".repeat(500);
  expect(changes({ a: `${start}-old-${start}` }, { a: `${start}-new-${start}` })).toEqual([
    `a: …${"x".repeat(19)}-old-${"x".repeat(76)}… → …${"x".repeat(19)}-new-${"x".repeat(76)}…`,
  ]);
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

test("a new resource shows what is known of it, without what is empty, long texts cut", () => {
  const after = { a: "x".repeat(300), b: null, c: "", d: [], e: { f: 1 }, g: false, tags_all: { x: "y" } };
  expect(attributesOfNew(created(after)).map(describeAttribute)).toEqual([
    `a: + "${"x".repeat(99)}…`,
    'e: + {"f":1}',
    "g: + false",
  ]);
  expect(attributesOfNew(created(null))).toEqual([]);
});
