import { driftIn as driftInStack } from "../../../../deploy/drift/drifted-resources";
import type { Json, PlanJson, Resource, ResourceChange } from "../../../../deploy/terraform/plan-json";

const driftIn = (plan: PlanJson) =>
  driftInStack(plan, "prod-model").map(({ address, drift, attributes }) => ({ address, drift, attributes }));

type Values = Readonly<Record<string, Json>>;

const changed = (type: string, before: Values, after: Values): ResourceChange => ({
  address: `${type}.one`,
  mode: "managed",
  type,
  change: { actions: ["update"], before, after },
});

const standing = (type: string, values: Values): Resource => ({ address: `${type}.other`, type, values });

const plan = (drift: readonly ResourceChange[], resources: readonly Resource[] = []): PlanJson => ({
  terraform_version: "1.11.4",
  resource_drift: drift,
  prior_state: { values: { root_module: { resources } } },
});

test("an attribute that somebody has changed is named, before and after", () => {
  const drift = driftIn(plan([changed("aws_sqs_queue", { delay_seconds: 0 }, { delay_seconds: 5 })]));
  expect(drift).toEqual([
    {
      address: "aws_sqs_queue.one",
      drift: "changed",
      attributes: [{ path: "delay_seconds", before: "0", after: "5" }],
    },
  ]);
});

test("a resource that stands no more is gone", () => {
  const gone: ResourceChange = {
    address: "aws_sqs_queue.one",
    mode: "managed",
    type: "aws_sqs_queue",
    change: { actions: ["delete"], before: { name: "one" }, after: null },
  };
  expect(driftIn(plan([gone]))).toEqual([{ address: "aws_sqs_queue.one", drift: "gone", attributes: [] }]);
});

test("a data source does not drift", () => {
  const data: ResourceChange = { ...changed("aws_region", { name: "a" }, { name: "b" }), mode: "data" };
  expect(driftIn(plan([data]))).toEqual([]);
});

test.each<[Json, Json]>([
  [null, []],
  [null, {}],
  [null, ""],
  [false, null],
])("the provider's ways of saying nothing are no drift: %j and %j", (before, after) => {
  expect(driftIn(plan([changed("aws_lambda_function", { layers: before }, { layers: after })]))).toEqual([]);
});

test("but an attribute that is emptied, or filled, is", () => {
  const filled = driftIn(plan([changed("aws_sns_topic", { tags: null }, { tags: { owner: "eve" } })]));
  const emptied = driftIn(plan([changed("aws_sns_topic", { tags: { owner: "ann" } }, { tags: {} })]));
  expect([filled[0]?.drift, emptied[0]?.drift]).toEqual(["changed", "changed"]);
});

test("a sensitive value is not shown", () => {
  const drift = changed("aws_x", { password: "old-secret" }, { password: "new-secret" });
  const marked = { ...drift, change: { ...drift.change, after_sensitive: { password: true } } };
  const found = driftIn(plan([marked]));
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).not.toContain('secret"');
});

describe("what the provider repeats of other resources", () => {
  const bucket = changed("aws_s3_bucket", { bucket: "b", policy: "" }, { bucket: "b", policy: "{}x" });

  test("is no drift where a resource of the stack manages it", () => {
    const policy = standing("aws_s3_bucket_policy", { bucket: "b", policy: "{}x" });
    expect(driftIn(plan([bucket], [policy]))).toEqual([]);
  });

  test("is drift where none does", () => {
    const other = standing("aws_s3_bucket_policy", { bucket: "another", policy: "{}x" });
    expect(driftIn(plan([bucket], [other]))[0]?.attributes).toEqual([
      { path: "policy", before: '""', after: '"{}x"' },
    ]);
  });

  test("a count of attachments is no drift as far as they are ours", () => {
    const attachment = standing("aws_iam_role_policy_attachment", { role: "r", policy_arn: "arn" });
    const counted = (after: number) =>
      changed("aws_iam_policy", { arn: "arn", attachment_count: 0 }, { arn: "arn", attachment_count: after });
    expect(driftIn(plan([counted(1)], [attachment]))).toEqual([]);
    expect(driftIn(plan([counted(2)], [attachment]))).toHaveLength(1);
  });
});

describe("a policy that somebody has put on a role", () => {
  const ours = standing("aws_iam_role_policy", { role: "r", name: "ours" });
  const role = (...names: string[]): Resource => ({
    address: "aws_iam_role.one",
    type: "aws_iam_role",
    values: {
      name: "r",
      inline_policy: names.map((name) => ({ name, policy: "{}" })),
      managed_policy_arns: [],
    },
  });

  test("is drift, even once the state has taken it in", () => {
    expect(driftIn(plan([], [role("ours", "backdoor"), ours]))).toEqual([
      {
        address: "aws_iam_role.one",
        drift: "changed",
        attributes: [{ path: "inline_policy[backdoor]", after: '{"name":"backdoor","policy":{}}' }],
      },
    ]);
  });

  test("is none where a resource of the stack has put it there", () => {
    expect(driftIn(plan([], [role("ours"), ours]))).toEqual([]);
  });

  test("counts when attached as well", () => {
    const attached: Resource = {
      address: "aws_iam_role.one",
      type: "aws_iam_role",
      values: {
        name: "r",
        inline_policy: [],
        managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
      },
    };
    expect(driftIn(plan([], [attached]))[0]?.attributes[0]?.after).toContain("AdministratorAccess");
  });
});
