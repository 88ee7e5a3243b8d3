import { float, parseDefinitionJson } from "../../../../emulator/runner/definition/numbers";
import { keysOf, referencesIn, stepOf } from "../../../../emulator/runner/definition/references";
import { resolve, UnresolvedReference, type Scope } from "../../../../emulator/runner/definition/resolve";

const scope: Scope = {
  roots: {
    Parameters: { Name: "red", Count: 3, Share: 0.5, Good: true, Whole: float(3) },
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

const document = JSON.stringify({ whole: "WHOLE", count: 3, text: "1.0", deep: [{ e: "EXPONENT" }] })
  .replace('"WHOLE"', "3.0")
  .replace('"EXPONENT"', "1e3");

test.each([
  ["an Integer parameter", get("Parameters.Count"), "3"],
  ["a Float parameter with a fraction", get("Parameters.Share"), "0.5"],
  ["a Float parameter without one", get("Parameters.Whole"), "3.0"],
  ["a Boolean parameter", get("Parameters.Good"), "true"],
  ["a float in a file", { "Std:JsonGet": { S3Uri: "s3://b/n", Path: "whole" } }, "3.0"],
  [
    "a float with an exponent in a file",
    { "Std:JsonGet": { S3Uri: "s3://b/n", Path: "deep[0].e" } },
    "1000.0",
  ],
  ["an integer in a file", { "Std:JsonGet": { S3Uri: "s3://b/n", Path: "count" } }, "3"],
  ["a text that looks like a number", { "Std:JsonGet": { S3Uri: "s3://b/n", Path: "text" } }, "1.0"],
])("%s is joined as SageMaker writes it, and has its own type elsewhere", async (_, value, expected) => {
  const numbers = { ...scope, readObject: () => Promise.resolve(document) };
  expect(await resolve(join("", value), numbers)).toBe(expected);
  expect(["number", "boolean", "string"]).toContain(typeof (await resolve(value, numbers)));
});

test("a definition's own floats are told from integers where they are joined, and plain elsewhere", async () => {
  const text = `{"BackoffRate": 2.0, "On": "1.0", "Text": {"Std:Join": {"On": "-", "Values": [3.0, 3, -1.5e2, "4.0"]}}}`;
  const definition = parseDefinitionJson(text) as Record<string, unknown>;
  expect(definition).toMatchObject({ BackoffRate: 2, On: "1.0" });
  expect(await resolve(definition.Text, scope)).toBe("3.0-3--150.0-4.0");
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
