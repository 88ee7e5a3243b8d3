import { keysOf, referencesIn, stepOf } from "../../../../emulator/runner/definition/references";
import { resolve, UnresolvedReference, type Scope } from "../../../../emulator/runner/definition/resolve";

const scope: Scope = {
  roots: {
    Parameters: { Name: "red", Count: 3, Share: 0.5, Good: true },
    Steps: { Train: { Outputs: { "a.b": { S3Uri: "s3://b/k" } }, List: [{ x: 1 }] } },
  },
  readPropertyFile: (step, name) => Promise.resolve(JSON.stringify({ [step]: [{ [name]: 0.9 }] })),
  readObject: (uri) => Promise.resolve(uri.endsWith(".json") ? `{"from": "${uri}"}` : "no JSON"),
};
const get = (Get: string) => ({ Get });
const join = (On: string, ...Values: readonly unknown[]) => ({ "Std:Join": { On, Values } });
const fromFile = (Path: string) => ({
  "Std:JsonGet": { PropertyFile: get("Steps.Eval.PropertyFiles.Report"), Path },
});

test.each([
  ["a parameter, in its type", get("Parameters.Share"), 0.5],
  ["an output by its name in brackets", get("Steps.Train.Outputs['a.b'].S3Uri"), "s3://b/k"],
  ["an item of a list", get("Steps.Train.List[0].x"), 1],
  ["values joined as text", join("/", "s3:/", get("Parameters.Name"), 3, true), "s3://red/3/true"],
  ["joined values in joined values", join("-", join("", get("Parameters.Count")), "x"), "3-x"],
  ["a value in a property file", fromFile("Eval[0].Report"), 0.9],
  ["a value at a path from the root", fromFile("$.Eval[0].Report"), 0.9],
  [
    "a value in an object",
    { "Std:JsonGet": { S3Uri: join("/", "s3://b", "r.json"), Path: "from" } },
    "s3://b/r.json",
  ],
  [
    "references all through a value",
    { a: [{ b: get("Parameters.Good") }], c: null, d: 0 },
    { a: [{ b: true }], d: 0 },
  ],
])("%s is put in its place", async (_, value, expected) => {
  expect(await resolve(value, scope)).toEqual(expected);
});

test.each([
  [
    "a path into nothing",
    get("Steps.Train.Outputs['x'].S3Uri"),
    "There is nothing at Steps.Train.Outputs['x'].S3Uri",
  ],
  ["a path into a file without it", fromFile("Eval[1]"), "There is nothing at Eval's Report at Eval[1]"],
  ["joining a list", join("", get("Steps.Train.List")), 'Std:Join takes no [{"x":1}]'],
  [
    "an object that is no JSON",
    { "Std:JsonGet": { S3Uri: "s3://b/r", Path: "x" } },
    "s3://b/r is not JSON: ",
  ],
])("%s fails, saying so", async (_, value, message) => {
  const failure = resolve(value, scope);
  await expect(failure).rejects.toThrow(UnresolvedReference);
  await expect(failure).rejects.toThrow(message);
});

test("references are found everywhere but in the steps of a branch", () => {
  const value = { a: [get("A"), join("", get("B"))], IfSteps: [get("C")], ElseSteps: [get("D")] };
  expect(referencesIn(value)).toEqual(["A", "B"]);
});

test.each([
  ["Steps.Mammo-Train.ModelArtifacts", "Mammo-Train", ["Steps", "Mammo-Train", "ModelArtifacts"]],
  ["Steps.a_b.X['y.z'][0]", "a_b", ["Steps", "a_b", "X", "y.z", "0"]],
  ['Steps.a["y"].z', "a", ["Steps", "a", "y", "z"]],
  ["Parameters.Name", undefined, ["Parameters", "Name"]],
])("the path %s reads step %s", (path, step, keys) => {
  expect(stepOf(path)).toBe(step);
  expect(keysOf(path)).toEqual(keys);
});
