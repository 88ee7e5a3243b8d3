import { summarise, summariseAnnounced, type Counts } from "../../../../deploy/plans/summary";
import { countsTable, describeCounts } from "../../../../deploy/plans/render/counts";
import { hasChanges } from "../../../../deploy/plans/manifest/schema";
import { describeResource } from "../../../../deploy/plans/render/details";
import type { Change, ResourceChange } from "../../../../deploy/terraform/plan-json";
import { created, planOf, resource, stackName, updated } from "./support/plan-change";

const deleted: Change = { actions: ["delete"], before: {}, after: null };
const only = (change: ResourceChange) => summarise(stackName, planOf(change)).changes[0];

test.each<[Change["actions"], string | undefined]>([
  [["create"], "create"],
  [["update"], "change"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["delete"], "destroy"],
  [["forget"], "forget"],
  [["create", "forget"], "replace"],
  [["no-op"], undefined],
  [["read"], undefined],
])("Terraform's %j is %s", (actions, action) => {
  expect(only(resource("aws_x.one", { actions, before: {}, after: {} }))?.action).toBe(action);
});

test("a data source is neither counted nor told", () => {
  const data = resource("aws_x.one", { actions: ["read"], before: null, after: {} }, { mode: "data" });
  expect(summarise(stackName, planOf(data))).toEqual(summariseAnnounced(stackName, [], 0));
});

test("an import that also changes is a change, and a move that also changes says where from", () => {
  const importing = { importing: { id: "x" } };
  expect(only(resource("aws_x.one", updated({ a: 1 }, { a: 2 }, importing)))?.action).toBe("change");
  const moved = resource("aws_x.one", updated({ a: 1 }, { a: 2 }), { previous_address: "aws_x.zero" });
  expect(only(moved)).toMatchObject({ action: "change", movedFrom: "aws_x.zero" });
});

test.each(["delete", "replace"])("what holds data and goes by %s says what is lost, and loudly", (kind) => {
  const change = kind === "delete" ? deleted : updated({}, {}, { actions: ["delete", "create"] });
  const summary = only(resource("aws_s3_bucket.data", change));
  expect(summary?.losing).toBe("objects");
  expect(summary && describeResource(summary)[0]).toContain("LOSES OBJECTS");
});

test.each([
  resource("aws_s3_bucket.data", created({})),
  resource("aws_s3_bucket.data", updated({ a: 1 }, { a: 2 })),
  resource("aws_s3_bucket.data", { actions: ["forget"], before: {}, after: null }),
  resource("aws_iam_role.role", deleted),
])("nothing is lost with %j", (change) => {
  expect(only(change)?.losing).toBeUndefined();
});

test("what an earlier replacement left behind is one of its own", () => {
  expect(only(resource("aws_s3_bucket.data", deleted, { deposed: "0a1b" }))).toMatchObject({
    address: "aws_s3_bucket.data (0a1b)",
    reason: "what an earlier replacement left behind",
    losing: "objects",
  });
});

test.each([
  ["replace_because_tainted", "an earlier apply left it half made"],
  ["replace_by_request", "asked for"],
  ["delete_because_no_module", "no longer in the code"],
  ["delete_because_no_move_target", "moved to an address that is not in the code"],
  ["replace_because_cannot_update", "cannot be changed in place: a.b.0, c"],
  ["of a later Terraform", undefined],
])("the reason %s", (action_reason, reason) => {
  const change = updated({}, {}, { actions: ["delete", "create"], replace_paths: [["a", "b", 0], ["c"]] });
  expect(only(resource("aws_x.one", change, { action_reason }))?.reason).toBe(reason);
});

test("the gravest come first, each kind by address", () => {
  const plan = planOf(
    resource("aws_x.b", created({})),
    resource("aws_x.a", created({})),
    resource("aws_x.c", updated({}, {})),
    resource("aws_x.d", updated({}, {}, { actions: ["create", "delete"] })),
    resource("aws_x.e", deleted),
    resource("aws_x.f", { actions: ["forget"], before: {}, after: null }),
    resource("aws_x.g", { actions: ["no-op"], before: {}, after: {} }),
  );
  const { changes, counts } = summarise(stackName, plan);
  expect(changes.map(({ address }) => address.slice(-1)).join("")).toBe("edfcab");
  expect(counts).toMatchObject({ create: 2, change: 1, replace: 1, destroy: 1, forget: 1, unchanged: 1 });
});

const none = summariseAnnounced(stackName, [], 0).counts;

test("counts are told in words", () => {
  const all: Counts = {
    create: 1,
    change: 2,
    replace: 3,
    destroy: 4,
    import: 5,
    move: 6,
    forget: 7,
    unchanged: 8,
  };
  expect(describeCounts(all)).toBe(
    "1 to create, 2 to change, 3 to replace, 4 to destroy, 5 to import, 6 to move, 7 to forget",
  );
  expect(describeCounts({ ...none, unchanged: 8 })).toBe("nothing pending");
});

test.each(["create", "change", "replace", "destroy", "import", "move", "forget"] as const)(
  "a plan with something to %s is worth an apply",
  (action) => {
    expect(hasChanges({ counts: { ...none, [action]: 1 } })).toBe(true);
  },
);

test("a plan that leaves all as it is does not need one", () => {
  expect(hasChanges({ counts: { ...none, unchanged: 9 } })).toBe(false);
});

test("the table has columns for what is rare only where it occurs", () => {
  expect(countsTable([{ name: "a", counts: none }])[0]).toEqual([
    "stack",
    "create",
    "change",
    "replace",
    "destroy",
    "unchanged",
  ]);
  expect(countsTable([{ name: "a", counts: { ...none, import: 3 } }])).toEqual([
    ["stack", "create", "change", "replace", "destroy", "import", "unchanged"],
    ["a", "0", "0", "0", "0", "3", "0"],
  ]);
});
