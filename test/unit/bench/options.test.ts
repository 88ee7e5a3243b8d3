import { measureNames, parseBenchOptions } from "../../../bench/options";

test("without options every measure is taken, in full", () => {
  expect(parseBenchOptions([])).toEqual({
    json: undefined,
    measures: measureNames,
    quick: false,
    against: undefined,
    help: false,
  });
});

test("measures are taken in their own order, whatever the order asked for", () => {
  expect(parseBenchOptions(["--only", "plan", "--only", "synth", "--quick"])).toMatchObject({
    measures: ["synth", "plan"],
    quick: true,
  });
});

test("a measure that is none is refused with those there are", () => {
  expect(() => parseBenchOptions(["--only", "sinth"])).toThrow(
    "There is no measure sinth; there are: synth, python, growth, validation, plan, affected, enforcement, endpoint",
  );
});

test("another checkout may be measured beside this one", () => {
  expect(parseBenchOptions(["--against", "../main"])).toMatchObject({ against: "../main" });
});
