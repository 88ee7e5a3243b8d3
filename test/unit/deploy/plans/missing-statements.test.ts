import type { IdentityStatement } from "../../../../core/policy";
import { missingFrom } from "../../../../deploy/plans/missing-statements";

const read: IdentityStatement = {
  Effect: "Allow",
  Action: ["s3:GetObject", "s3:PutObject"],
  Resource: ["a", "b"],
};
const policyOf = (...Statement: IdentityStatement[]) => JSON.stringify({ Version: "2012-10-17", Statement });

test.each<[string, IdentityStatement, string[]]>([
  ["the same", read, []],
  [
    "more resources and actions",
    { ...read, Action: ["s3:*", ...read.Action], Resource: ["c", "b", "a"] },
    [],
  ],
  ["an action less", { ...read, Action: ["s3:GetObject"] }, ["s3:PutObject"]],
  ["a resource less", { ...read, Resource: ["a"] }, ["s3:GetObject", "s3:PutObject"]],
  ["another condition", { ...read, Condition: { Bool: { a: "true" } } }, ["s3:GetObject", "s3:PutObject"]],
  ["a refusal", { ...read, Effect: "Deny" }, ["s3:GetObject", "s3:PutObject"]],
])("a policy with %s", (_, given, missing) => {
  expect(missingFrom(policyOf(given), [read])).toEqual(missing);
});

const never: IdentityStatement = {
  Effect: "Deny",
  Action: ["s3:PutObject"],
  Resource: ["*"],
  Condition: { StringNotEquals: { k: ["new"] } },
};

test("a refusal counts where it is not the one that is wanted, and its lack does not", () => {
  const old = { ...never, Condition: { StringNotEquals: { k: ["old"] } } };
  expect(missingFrom(policyOf(read, old), [read, never])).toEqual(["s3:PutObject"]);
  expect(missingFrom(policyOf(read, never), [read, never])).toEqual([]);
  expect(missingFrom(policyOf(read), [read, never])).toEqual([]);
});

test("what is allowed without a condition is allowed under any", () => {
  const limited = { ...read, Condition: { Bool: { a: "true" } } };
  expect(missingFrom(policyOf(read), [limited])).toEqual([]);
});

test("what is allowed under a part of the conditions is allowed under all of them, and not the other way round", () => {
  const prefix = { StringLike: { "s3:prefix": ["a*"] } };
  const before = { ...read, Condition: prefix };
  const now = { ...read, Condition: { ...prefix, StringEquals: { "aws:ResourceAccount": ["1"] } } };
  expect(missingFrom(policyOf(before), [now])).toEqual([]);
  expect(missingFrom(policyOf(now), [before])).toEqual(read.Action);
});

test("each action may be allowed by a statement of its own", () => {
  const statements = read.Action.map((action) => ({ ...read, Action: [action] }));
  expect(missingFrom(policyOf(...statements), [read])).toEqual([]);
});

test("what is allowed with some values of a condition in one statement and others in another is allowed with all", () => {
  const under = (...prefixes: string[]) => ({
    ...read,
    Condition: { StringLike: { "s3:prefix": prefixes } },
  });
  expect(missingFrom(policyOf(under("a*"), under("b*", "c*")), [under("a*", "b*")])).toEqual([]);
  expect(missingFrom(policyOf(under("a*")), [under("a*", "b*")])).toEqual(read.Action);
  const not = (...values: string[]) => ({ ...read, Condition: { StringNotEquals: { k: values } } });
  expect(missingFrom(policyOf(not("a"), not("b")), [not("a", "b")])).toEqual(read.Action);
});
