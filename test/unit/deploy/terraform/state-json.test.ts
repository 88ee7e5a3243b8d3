import { addressOf, managedIn, parseState, resourcesIn } from "../../../../deploy/terraform/state-json";

const resource = (name: string, instances: number, mode = "managed") => ({
  mode,
  type: "aws_iam_role",
  name,
  instances: Array.from({ length: instances }, () => ({ attributes: {} })),
});

test("no state is an empty one", () => {
  expect(parseState(undefined)).toEqual({ serial: 0, lineage: "", resources: [] });
});

test("what stands is what is managed and has an instance", () => {
  const resources = [
    resource("one", 1),
    resource("many", 3),
    resource("gone", 0),
    resource("read", 1, "data"),
  ];
  const state = parseState(JSON.stringify({ serial: 2, lineage: "a", resources }));
  expect(managedIn(state).map(addressOf)).toEqual(["aws_iam_role.one", "aws_iam_role.many"]);
  expect(resourcesIn(state)).toBe(4);
});
