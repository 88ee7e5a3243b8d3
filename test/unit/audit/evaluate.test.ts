import { evaluate, type Request } from "../../../audit/evaluate";
import type { PolicyDocument } from "../../../audit/policies";

const bucket = "arn:aws:s3:::models";
const here = "111111111111";

/** As IAM has them in policies of others: one action instead of a list, or actions that are excepted. */
const policy = (...statements: readonly object[]): PolicyDocument => ({
  Statement: statements as PolicyDocument["Statement"],
});
const allow = (more: object) => ({ Effect: "Allow", Resource: ["*"], ...more });
const deny = (more: object) => ({ Effect: "Deny", Resource: ["*"], ...more });

/** What a role of the bucket's account, who has these policies, may do in one. */
const reading = (
  identity: PolicyDocument,
  { principal = here, ...more }: { readonly principal?: string } & Partial<Request> = {},
): Request => ({
  ...{
    principal: `arn:aws:iam::${principal}:role/reader`,
    action: "s3:GetObject",
    resource: `${bucket}/m.tar.gz`,
  },
  ...{ account: here, context: {}, identityPolicies: [{ name: "own", policy: identity }] },
  ...more,
});

const others = allow({ Action: ["sqs:SendMessage"] });
const all = allow({ Action: ["s3:*"] });

/** A policy is looked at whole the first time, and by its statements about the action from then on. */
test.each<[string, Request, string]>([
  ["statements of other actions", reading(policy(others, all)), "Allowed"],
  ["nothing but statements of other actions", reading(policy(others)), "ImplicitlyDenied"],
  ["actions in another case", reading(policy(others, allow({ Action: ["S3:getobject"] }))), "Allowed"],
  ["one action instead of a list", reading(policy(others, allow({ Action: "s3:Get*" }))), "Allowed"],
  ["one character for another", reading(policy(all, deny({ Action: ["s3:?etObject"] }))), "ExplicitlyDenied"],
  ["actions that are excepted", reading(policy(all, deny({ NotAction: ["s3:List*"] }))), "ExplicitlyDenied"],
  ["an action that is excepted", reading(policy(all, deny({ NotAction: ["s3:GetObject"] }))), "Allowed"],
  [
    "a boundary that says nothing of the action",
    reading(policy(all), { boundary: { name: "boundary", policy: policy(others) } }),
    "ImplicitlyDenied",
  ],
  [
    "a boundary that lets it",
    reading(policy(all), { boundary: { name: "boundary", policy: policy(others, all) } }),
    "Allowed",
  ],
  [
    "a bucket's policy that says nothing of the action, for another account",
    reading(policy(all), {
      principal: "222222222222",
      resourcePolicy: policy(allow({ Action: ["s3:PutObject"], Principal: { AWS: ["222222222222"] } })),
    }),
    "ImplicitlyDenied",
  ],
  [
    "a bucket's policy that refuses it",
    reading(policy(all), {
      resourcePolicy: policy(
        allow({ Action: ["s3:PutObject"], Principal: "*" }),
        deny({ Action: ["s3:Get*"], Principal: "*" }),
      ),
    }),
    "ExplicitlyDenied",
  ],
])("%s decide the same each time", async (_, request, decision) => {
  expect([await evaluate(request), await evaluate(request), await evaluate(request)]).toEqual([
    decision,
    decision,
    decision,
  ]);
});

test("a policy that AWS would not take is refused each time, whatever is asked", async () => {
  const request = reading(policy(all, { ...deny({ Action: ["sqs:*"] }), Effect: "Refuse" }));
  for (const action of ["s3:GetObject", "sqs:SendMessage", "s3:GetObject"])
    await expect(evaluate({ ...request, action })).rejects.toThrow("cannot be simulated");
});
