import { orphanedResources, quoted } from "../../../../deploy/plans/orphaned-resources";
import type { StateJson } from "../../../../deploy/terraform/state-json";

const completed = (addr: string, action: string, id_value?: string): string =>
  JSON.stringify({ type: "apply_complete", hook: { resource: { addr }, action, id_value } });

const state: Pick<StateJson, "resources"> = {
  resources: [{ mode: "managed", type: "aws_iam_role", name: "known", instances: [{}] }],
};

test("what a killed apply made and the state does not know is named, with its id", () => {
  const journal = [
    completed("aws_iam_role.known", "create", "known"),
    completed("aws_iam_role.stray", "create", "my-role"),
    completed("aws_iam_role.changed", "update", "changed"),
    completed("aws_iam_role.gone", "delete"),
    '{"type":"apply_complete","hook":{"resour',
  ].join("\n");
  expect(orphanedResources(journal, state)).toEqual([{ address: "aws_iam_role.stray", id: "my-role" }]);
});

test("without a state all of it is", () => {
  expect(orphanedResources(completed("aws_iam_role.one", "create", "one"), { resources: [] })).toHaveLength(
    1,
  );
});

test("an address that is none is not told, and an id is one word of a shell", () => {
  expect(orphanedResources(completed("x; rm -rf ~", "create", "one"), { resources: [] })).toEqual([]);
  expect(quoted("a'; rm -rf ~ #\u001b[2J")).toBe("'a'\\''; rm -rf ~ #\\u{1b}[2J'");
});
