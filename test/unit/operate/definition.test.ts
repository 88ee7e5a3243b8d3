import { declaredParameters, declaredSteps } from "../../../operate/definition";

const step = (Name: string, Type = "Processing", Arguments: object = {}) => ({ Name, Type, Arguments });

test("steps come in the definition's order, those in branches after their condition", () => {
  const inner = step("Inner", "Condition", { IfSteps: [], ElseSteps: [step("Deep", "Fail")] });
  const outer = step("Outer", "Condition", { IfSteps: [step("Yes"), inner], ElseSteps: [step("No")] });
  expect(declaredSteps(JSON.stringify({ Steps: [step("First"), outer, step("Last", "Training")] }))).toEqual([
    { name: "First", kind: "Processing" },
    { name: "Outer", kind: "Condition" },
    { name: "Yes", kind: "Processing" },
    { name: "Inner", kind: "Condition" },
    { name: "Deep", kind: "Fail" },
    { name: "No", kind: "Processing" },
    { name: "Last", kind: "Training" },
  ]);
});

test("arguments that look like branches are none outside of a condition", () => {
  const odd = step("Odd", "Processing", { IfSteps: [step("Not")] });
  expect(declaredSteps(JSON.stringify({ Steps: [odd] }))).toEqual([{ name: "Odd", kind: "Processing" }]);
});

test("a definition without parameters declares none", () => {
  expect(declaredParameters('{"Steps": []}')).toEqual([]);
  const declared = [{ Name: "Count", Type: "Integer", DefaultValue: 1 }];
  expect(declaredParameters(JSON.stringify({ Parameters: declared }))).toEqual(declared);
});
