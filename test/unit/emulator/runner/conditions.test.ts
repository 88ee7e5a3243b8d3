import { allHold, typesOf } from "../../../../emulator/runner/definition/conditions";
import type { Scope } from "../../../../emulator/runner/definition/resolve";

const scope: Scope = {
  roots: { Parameters: { Colour: "red", Count: 3 } },
  readPropertyFile: () => Promise.reject(new Error("no property file is read here")),
  readObject: () => Promise.reject(new Error("no object is read here")),
};
const colour = { Get: "Parameters.Colour" };
const compare = (Type: string, LeftValue: unknown, RightValue: unknown) => ({ Type, LeftValue, RightValue });
const yes = compare("Equals", 1, 1);
const no = compare("Equals", 1, 2);

test.each([
  [compare("Equals", colour, "red"), true],
  [compare("Equals", true, false), false],
  [compare("GreaterThan", { Get: "Parameters.Count" }, 2.5), true],
  [compare("GreaterThan", 3, 3), false],
  [compare("GreaterThanOrEqualTo", 3, 3), true],
  [compare("LessThan", 3, 3), false],
  [compare("LessThan", -1, 0), true],
  [compare("LessThanOrEqualTo", 3, 3), true],
  [{ Type: "In", QueryValue: colour, Values: ["blue", colour] }, true],
  [{ Type: "In", QueryValue: 3, Values: ["3"] }, false],
  [{ Type: "Not", Condition: no }, true],
  [{ Type: "Or", Conditions: [no, { Type: "Not", Condition: no }] }, true],
  [{ Type: "Or", Conditions: [no, no] }, false],
])("%j is %s", async (condition, expected) => {
  expect(await allHold([condition], scope)).toBe(expected);
});

test("several conditions hold where all do; none always hold", async () => {
  expect(await allHold([yes, yes], scope)).toBe(true);
  expect(await allHold([yes, no], scope)).toBe(false);
  expect(await allHold([], scope)).toBe(true);
});

test("values of two types are not compared, in silence least of all", async () => {
  await expect(allHold([compare("GreaterThan", "0.9", 0.5)], scope)).rejects.toThrow(
    'GreaterThan cannot compare "0.9" and 0.5',
  );
});

test("the kinds of all conditions are known, inner ones too", () => {
  const odd = { Type: "Not", Condition: { Type: "Or", Conditions: [yes, { Type: "Matches" }] } };
  expect(typesOf([odd, no])).toEqual(["Not", "Or", "Equals", "Matches", "Equals"]);
});
