import { driftIn } from "../../../../deploy/drift/drifted-resources";
import type { Json, PlanJson, ResourceChange } from "../../../../deploy/terraform/plan-json";

type Values = Readonly<Record<string, Json>>;

const drifted = (type: string, before: Values, after: Values | null): ResourceChange => ({
  address: `${type}.one`,
  mode: "managed",
  type,
  change: { actions: [after ? "update" : "delete"], before, after },
});

/** What to do about one drifted resource, of which the code sets these attributes. */
const remediesFor = (drift: ResourceChange, ...set: readonly string[]): readonly string[] | undefined => {
  const expressions = Object.fromEntries(set.map((name) => [name, {}]));
  const plan: PlanJson = {
    terraform_version: "1.11.4",
    resource_drift: [drift],
    configuration: { root_module: { resources: [{ address: drift.address, expressions }] } },
  };
  return driftIn(plan, "prod-model")[0]?.remedies;
};

const byApply = "mlops plan prod-model --out DIR, then mlops apply --from DIR";

test("what the code sets is put back by an apply", () => {
  expect(
    remediesFor(drifted("aws_sqs_queue", { delay_seconds: 0 }, { delay_seconds: 5 }), "delay_seconds"),
  ).toEqual([`an apply puts back delay_seconds: ${byApply}; or change the code, to keep it`]);
  expect(remediesFor(drifted("aws_sqs_queue", { tags: { a: "1" } }, { tags: { a: "2" } }))).toEqual([
    `an apply puts back tags: ${byApply}; or change the code, to keep it`,
  ]);
});

test("what it does not set is not", () => {
  const drift = drifted(
    "aws_sqs_queue",
    { delay_seconds: 0, policy: null },
    { delay_seconds: 5, policy: "{}" },
  );
  expect(remediesFor(drift, "delay_seconds")).toEqual([
    `an apply puts back delay_seconds: ${byApply}; or change the code, to keep it`,
    "the code does not set policy, so no apply puts it back: change it back by hand, or set it in the code; the next " +
      "apply takes it into the state",
  ]);
});

test("what is gone is made again, empty", () => {
  expect(remediesFor(drifted("aws_sqs_queue", { name: "one" }, null))).toEqual([
    `an apply makes it again, without what it held: ${byApply}`,
  ]);
});

test("a policy that somebody has put on a role is taken off by nothing but a command, which is there to copy", () => {
  const values = {
    name: "lambda role",
    inline_policy: [{ name: "back'door", policy: "{}" }],
    managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
  };
  const resources = [{ address: "aws_iam_role.one", type: "aws_iam_role", values }];
  const plan = { terraform_version: "1.11.4", prior_state: { values: { root_module: { resources } } } };
  expect(driftIn(plan, "prod-model")[0]?.remedies).toEqual([
    "no apply takes it off: aws iam delete-role-policy --role-name 'lambda role' --policy-name 'back'\\''door'; " +
      "or put it into the code, to keep it",
    "no apply takes it off: aws iam detach-role-policy --role-name 'lambda role' --policy-arn " +
      "arn:aws:iam::aws:policy/AdministratorAccess; or put it into the code, to keep it",
  ]);
});
