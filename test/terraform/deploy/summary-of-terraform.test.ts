import { describeResource } from "../../../deploy/plans/render/details";
import {
  summarise,
  summariseAnnounced,
  writtenIn,
  type ResourceSummary,
  type StackSummary,
} from "../../../deploy/plans/summary";
import { resourcesIn } from "../../../deploy/terraform/state-json";
import { stackName } from "../../unit/deploy/plans/support/plan-change";
import { kept, TerraformFolder } from "../../support/terraform-folder";

const folder = new TerraformFolder();

const before = kept({
  gone: { input: 1 },
  old: { input: 2 },
  older: { input: 1 },
  forgotten: { input: 4 },
  kept: { input: "same" },
  counted: { count: 2, input: 1 },
  keyed: { for_each: '${toset(["a b", "c"])}', input: "${each.key}" },
  altered: { input: { list: ["x", "y"], map: { one: 1 }, json: "${jsonencode({ a = [1], b = 1 })}" } },
  triggered: { triggers_replace: [1] },
});

const after = {
  ...kept({
    fresh: { input: { a: 1, empty: "" } },
    renamed: { input: 2 },
    moved: { input: 2 },
    kept: { input: "same" },
    counted: { count: 1, input: 1 },
    keyed: { for_each: '${toset(["c"])}', input: "${each.key}" },
    altered: { input: { list: ["y", "z"], map: { two: 2 }, json: "${jsonencode({ b = 1, a = [1, 2] })}" } },
    triggered: { triggers_replace: [2] },
    imported: {},
  }),
  import: [{ to: "terraform_data.imported", id: "its-id" }],
  moved: [
    { from: "terraform_data.old", to: "terraform_data.renamed" },
    { from: "terraform_data.older", to: "terraform_data.moved" },
  ],
  removed: [{ from: "terraform_data.forgotten", lifecycle: { destroy: false } }],
};

const toldOf = ({ address, action, reason, movedFrom }: ResourceSummary) => ({
  address,
  action,
  reason,
  movedFrom,
});

describe("a plan of real Terraform", () => {
  let summary: StackSummary;
  let announced: StackSummary;

  beforeAll(async () => {
    await folder.apply(before);
    const { pending, json, changes } = await folder.planFor(after);
    expect(pending).toBe(true);
    summary = summarise(stackName, json);
    announced = summariseAnnounced(stackName, changes, resourcesIn(folder.state()));
  });

  test("says while it is made all but reasons and attributes", () => {
    const changes = summary.changes.map((change) => ({ ...change, reason: undefined, attributes: [] }));
    expect(announced).toEqual({ ...summary, changes });
  });

  test("is counted resource by resource", () => {
    expect(summary.counts).toEqual({
      create: 1,
      change: 2,
      replace: 1,
      destroy: 3,
      import: 1,
      move: 1,
      forget: 1,
      unchanged: 3,
    });
  });

  test("is told the gravest first, with reasons and former addresses", () => {
    expect(summary.changes.map(toldOf)).toEqual([
      { address: "terraform_data.counted[1]", action: "destroy", reason: "no longer in the code" },
      { address: "terraform_data.gone", action: "destroy", reason: "no longer in the code" },
      { address: 'terraform_data.keyed["a b"]', action: "destroy", reason: "no longer in the code" },
      {
        address: "terraform_data.triggered",
        action: "replace",
        reason: "cannot be changed in place: triggers_replace",
      },
      { address: "terraform_data.forgotten", action: "forget", reason: "no longer in the code" },
      { address: "terraform_data.altered", action: "change" },
      { address: "terraform_data.moved", action: "change", movedFrom: "terraform_data.older" },
      { address: "terraform_data.imported", action: "import" },
      { address: "terraform_data.renamed", action: "move", movedFrom: "terraform_data.old" },
      { address: "terraform_data.fresh", action: "create" },
    ]);
  });

  test("has its attributes told leaf by leaf", () => {
    const lines = summary.changes.flatMap(describeResource);
    expect(lines.filter((line) => !line.includes("output"))).toEqual([
      "- terraform_data.counted[1]  (destroy; no longer in the code)",
      "- terraform_data.gone  (destroy; no longer in the code)",
      '- terraform_data.keyed["a b"]  (destroy; no longer in the code)',
      "-/+ terraform_data.triggered  (replace; cannot be changed in place: triggers_replace)",
      "    triggers_replace[]: - 1",
      "    triggers_replace[]: + 2",
      "    known after the apply: id",
      "x terraform_data.forgotten  (forget; no longer in the code)",
      "~ terraform_data.altered",
      "    input.json.a[]: + 2",
      '    input.list[]: - "x"',
      '    input.list[]: + "z"',
      "    input.map.one: - 1",
      "    input.map.two: + 2",
      "~ terraform_data.moved  (was terraform_data.older)",
      "    input: 1 → 2",
      "<= terraform_data.imported  (import)",
      "-> terraform_data.renamed  (move; was terraform_data.old)",
      "+ terraform_data.fresh",
      '    input: + {"a":1,"empty":""}',
    ]);
    expect(lines).toContain("    known after the apply: output");
  });
});

test("what an earlier apply left half made is replaced for that reason", async () => {
  const half = new TerraformFolder();
  const failing = { provisioner: [{ "local-exec": { command: "exit 1" } }] };
  await expect(half.apply(kept({ half: { input: 1, ...failing } }))).rejects.toThrow("local-exec");
  const { json } = await half.planFor(kept({ half: { input: 1 } }));
  expect(summarise(stackName, json).changes).toMatchObject([
    { action: "replace", reason: "an earlier apply left it half made" },
  ]);
});

test("a replacement that another one sets off says so", async () => {
  const chain = new TerraformFolder();
  const follower = (step: number) =>
    kept({
      lead: { triggers_replace: step },
      follower: { lifecycle: { replace_triggered_by: ["terraform_data.lead"] } },
    });
  await chain.apply(follower(1));
  const { json } = await chain.planFor(follower(2));
  expect(summarise(stackName, json).changes[0]).toMatchObject({
    address: "terraform_data.follower",
    reason: "another resource that it follows is replaced",
  });
});

test("a document that refers to what is not made yet is shown as the code has it", async () => {
  const fresh = new TerraformFolder();
  const document = (reference: string) =>
    JSON.stringify({ Statement: [{ Sid: "One", Resource: reference }] });
  const configuration = (reference: string) =>
    kept({ key: { input: 1 }, policy: { input: document(reference), triggers_replace: [reference] } });
  const reference = "${terraform_data.key.id}";
  const { json } = await fresh.planFor(configuration(reference));
  const lines = summarise(stackName, json, writtenIn(configuration(reference))).changes.flatMap(
    describeResource,
  );
  expect(lines).toContain(
    `    input: + {"Statement":[{"Sid":"One","Resource":"${reference}"}]} (as the code has it; \${…} is known after the apply)`,
  );
});

test.each([
  ["only an import", kept({ a: {}, b: {} }), { import: [{ to: "terraform_data.b", id: "x" }] }, "import"],
  ["only a move", kept({ c: {} }), { moved: [{ from: "terraform_data.a", to: "terraform_data.c" }] }, "move"],
] as const)("%s is a change that is pending", async (_, configuration, more, action) => {
  const single = new TerraformFolder();
  await single.apply(kept({ a: {} }));
  const { pending, json } = await single.planFor({ ...configuration, ...more });
  expect(pending).toBe(true);
  expect(summarise(stackName, json).changes.map((change) => change.action)).toEqual([action]);
});

test("a plan over what stands as the code has it is not pending", async () => {
  const { pending, json } = await folder.planFor(before);
  expect({ pending, changes: summarise(stackName, json).changes }).toEqual({ pending: false, changes: [] });
});
