import { plain } from "../../../../emulator/runner/definition/numbers";
import { declaredOutputs } from "../../../../emulator/runner/steps/outputs";

const output = (OutputName: string, OutputType?: string) => ({ OutputName, OutputType });

test.each([
  ["String", 3, "3"],
  ["Integer", "3", 3],
  ["Float", 3, 3],
  ["Float", "0.5", 0.5],
  ["Boolean", "False", false],
  ["Boolean", true, true],
  [undefined, 3, 3],
])("an output of type %s answered as %j is %j", (type, answered, expected) => {
  const { byName, list } = declaredOutputs([output("x", type)], { x: answered, y: 1 }, "It");
  expect(plain(byName)).toEqual({ x: expected });
  expect(list).toEqual([{ Name: "x", Value: String(expected) }]);
});

test.each([
  ["Integer", 0.5],
  ["Integer", ""],
  ["Float", "many"],
  ["Boolean", 1],
  ["String", { deep: 1 }],
  ["String", [1]],
])("no %s is %j", (type, answered) => {
  expect(() => declaredOutputs([output("x", type)], { x: answered }, "It")).toThrow(
    `ClientError: It returned x, which is no ${type}`,
  );
});

test("every output that is missing is named; what was not asked for is left out", () => {
  const wanted = [output("a"), output("b"), output("c")];
  expect(() => declaredOutputs(wanted, { b: 1, c: null }, "It")).toThrow(
    "ClientError: It did not return a, c",
  );
  expect(declaredOutputs(undefined, { b: 1 }, "It").list).toEqual([]);
});
