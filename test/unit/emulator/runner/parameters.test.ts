import { float } from "../../../../emulator/runner/definition/numbers";
import { parameterValues } from "../../../../emulator/runner/definition/parameters";
import type { ParameterDefinition } from "../../../../emulator/runner/definition/schema";

const value = (Type: ParameterDefinition["Type"], text: string, more: Partial<ParameterDefinition> = {}) =>
  parameterValues([{ Name: "P", Type, ...more }], [{ Name: "P", Value: text }]).get("P");

test.each([
  ["String", "1.0", "1.0"],
  ["String", "", ""],
  ["Integer", "-3", -3],
  ["Float", "0.5", 0.5],
  ["Float", "1e-3", 0.001],
  ["Boolean", "True", true],
  ["Boolean", "false", false],
] as const)("a %s given as %j", (type, text, expected) => {
  expect(value(type, text)).toBe(expected);
});

test.each([
  ["Integer", "1.5"],
  ["Integer", ""],
  ["Integer", "9007199254740993"],
  ["Float", "much"],
  ["Float", "Infinity"],
  ["Boolean", "yes"],
] as const)("no %s is %j", (type, text) => {
  expect(() => value(type, text)).toThrow(
    `Parameter P must be of type ${type}, got: ${JSON.stringify(text)}`,
  );
});

test("a default stands in for what is not given, and is no value of another type's text", () => {
  expect(parameterValues([{ Name: "P", Type: "Float", DefaultValue: 1 }], []).get("P")).toEqual(float(1));
  expect(value("Float", "2", { DefaultValue: 0 })).toEqual(float(2));
});

test("what is allowed is what is listed", () => {
  expect(value("String", "red", { EnumValues: ["red"] })).toBe("red");
  expect(() => value("String", "RED", { EnumValues: ["red"] })).toThrow('must be one of red, got: "RED"');
});

test("every parameter that is wrong is named", () => {
  const declared: ParameterDefinition[] = [
    { Name: "A", Type: "String" },
    { Name: "B", Type: "Integer" },
  ];
  expect(() => parameterValues(declared, [{ Name: "B", Value: "b" }])).toThrow(
    'Parameter A has no value; Parameter B must be of type Integer, got: "b"',
  );
});
