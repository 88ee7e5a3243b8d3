import { describeResource } from "../../../../deploy/plans/render/details";
import { summarise } from "../../../../deploy/plans/summary";
import type { Change } from "../../../../deploy/terraform/plan-json";
import { planOf, resource, stackName, updated } from "./support/plan-change";

/** What is said of a change on top of drift: `state` is what the last apply left, `live` what is there now. */
function told(drift: Change | undefined, planned: Change, address = "aws_x.one"): string[] {
  const { changes } = summarise(stackName, {
    ...planOf(resource("aws_x.one", planned)),
    resource_drift: drift ? [resource(address, drift)] : [],
  });
  return changes.flatMap(describeResource);
}

const putBack = " (changed outside of the code, and put back)";

test("what somebody changed, and the plan puts back, repairs configuration drift", () => {
  const drift = updated({ a: "code", b: 1 }, { a: "hand", b: 1 });
  expect(told(drift, updated({ a: "hand", b: 1 }, { a: "code", b: 1 }))).toEqual([
    "~ aws_x.one  (repairs configuration drift)",
    `    a: "hand" → "code"${putBack}`,
  ]);
});

test("a change of the code beside it is told apart, attribute by attribute", () => {
  const drift = updated({ a: "code", b: 1 }, { a: "hand", b: 1 });
  expect(told(drift, updated({ a: "hand", b: 1 }, { a: "code", b: 2 }))).toEqual([
    "~ aws_x.one  (repairs configuration drift, in part)",
    `    a: "hand" → "code"${putBack}`,
    "    b: 1 → 2",
  ]);
});

test.each([{}, [], "", false])(
  "one kind of nothing in place of another is nobody's change: %j",
  (nothing) => {
    const drift = updated({ a: null, b: 1 }, { a: nothing, b: 1 });
    expect(told(drift, updated({ a: nothing, b: 1 }, { a: null, b: 2 })).join("\n")).not.toMatch(
      /drift|outside/,
    );
  },
);

test("what both have changed is no repair", () => {
  const drift = updated({ a: "old" }, { a: "hand" });
  expect(told(drift, updated({ a: "hand" }, { a: "new" }))).toEqual([
    "~ aws_x.one",
    '    a: "hand" → "new" (changed outside of the code as well)',
  ]);
});

test("an action that somebody put into a policy is taken out again, one taken out comes back", () => {
  const policy = (...Action: string[]) => ({ policy: JSON.stringify({ Statement: [{ Sid: "A", Action }] }) });
  expect(
    told(updated(policy("a", "b"), policy("b", "c")), updated(policy("b", "c"), policy("a", "b"))),
  ).toEqual([
    "~ aws_x.one  (repairs configuration drift)",
    `    policy.Statement[A]${putBack}:`,
    "      {",
    '        "Sid": "A"',
    '        "Action": [',
    '    +     "a"',
    '          "b"',
    '    -     "c"',
    "        ]",
    "      }",
  ]);
  const list = (...list: string[]) => ({ list });
  expect(told(updated(list("a", "b"), list("b", "c")), updated(list("b", "c"), list("a", "b")))).toEqual([
    "~ aws_x.one  (repairs configuration drift)",
    `    list[]: - "c"${putBack}`,
    `    list[]: + "a"${putBack}`,
  ]);
});

test("what is gone from AWS is made again for that reason", () => {
  const gone: Change = { actions: ["delete"], before: { a: 1 }, after: null };
  const again: Change = { actions: ["create"], before: null, after: { a: 1 } };
  expect(told(gone, again)).toEqual([
    "+ aws_x.one  (gone from AWS; repairs configuration drift)",
    "    a: + 1",
  ]);
  expect(told(gone, again, "aws_x.other")[0]).toBe("+ aws_x.one");
});

test("of what is hidden nobody can say", () => {
  const secret = { before_sensitive: { a: true }, after_sensitive: { a: true } };
  const drift = updated({ a: "hush-1" }, { a: "hush-2" }, secret);
  expect(told(drift, updated({ a: "hush-2" }, { a: "hush-3" }, secret))).toEqual([
    "~ aws_x.one",
    "    a: (sensitive) → (sensitive)",
  ]);
});
