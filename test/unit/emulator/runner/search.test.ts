import type { HyperParameterTuningJobConfig } from "@aws-sdk/client-sagemaker";
import fc from "fast-check";
import { trialsOf } from "../../../../emulator/runner/tuning/search";

const config = (ranges: HyperParameterTuningJobConfig["ParameterRanges"], count = 50) => ({
  Strategy: "Random" as const,
  ResourceLimits: { MaxNumberOfTrainingJobs: count, MaxParallelTrainingJobs: 2 },
  ParameterRanges: ranges,
});
const one = (
  MinValue: string,
  MaxValue: string,
  ScalingType: "Auto" | "Logarithmic" | "ReverseLogarithmic",
) => ({
  Name: "x",
  MinValue,
  MaxValue,
  ScalingType,
});

test("integers are whole, and reach both ends of their range and nothing beyond, whatever their scale", () => {
  for (const scale of ["Auto", "Logarithmic"] as const) {
    const values = trialsOf(config({ IntegerParameterRanges: [one("1", "4", scale)] }, 200), 1).map(
      ({ x }) => x,
    );
    expect(new Set(values)).toEqual(new Set(["1", "2", "3", "4"]));
  }
});

test("real numbers are within their range, whatever their scale", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      fc.constantFrom("Auto" as const, "Logarithmic" as const, "ReverseLogarithmic" as const),
      (seed, scale) => {
        for (const { x } of trialsOf(
          config({ ContinuousParameterRanges: [one("0.001", "0.9", scale)] }),
          seed,
        )) {
          expect(Number(x)).toBeGreaterThanOrEqual(0.000999999);
          expect(Number(x)).toBeLessThanOrEqual(0.900000001);
        }
      },
    ),
    { numRuns: 20 },
  );
});

test("a logarithmic scale spreads orders of magnitude evenly", () => {
  const draws = trialsOf(config({ ContinuousParameterRanges: [one("0.0001", "1", "Logarithmic")] }, 400), 3);
  const small = draws.filter(({ x }) => Number(x) < 0.01).length;
  expect(small / draws.length).toBeGreaterThan(0.4);
  expect(small / draws.length).toBeLessThan(0.6);
});

test("the same seed draws the same, another one does not", () => {
  const ranges = { ContinuousParameterRanges: [one("0", "1", "Auto")] };
  expect(trialsOf(config(ranges), 5)).toEqual(trialsOf(config(ranges), 5));
  expect(trialsOf(config(ranges), 5)).not.toEqual(trialsOf(config(ranges), 6));
});

test("a grid is every combination of categories, and of nothing else", () => {
  const categories = [
    { Name: "a", Values: ["1", "2"] },
    { Name: "b", Values: ["x", "y"] },
  ];
  const grid = { Strategy: "Grid" as const, ResourceLimits: { MaxParallelTrainingJobs: 1 } };
  expect(trialsOf({ ...grid, ParameterRanges: { CategoricalParameterRanges: categories } }, 1)).toEqual([
    { a: "1", b: "x" },
    { a: "1", b: "y" },
    { a: "2", b: "x" },
    { a: "2", b: "y" },
  ]);
  expect(() =>
    trialsOf({ ...grid, ParameterRanges: { IntegerParameterRanges: [one("1", "2", "Auto")] } }, 1),
  ).toThrow("ClientError: a grid is of categories alone, got: a range of x");
});

test.each([
  ["2", "1", "Auto"],
  ["0", "1", "Logarithmic"],
  ["0", "1", "ReverseLogarithmic"],
  ["low", "1", "Auto"],
] as const)("a range from %s to %s on the scale %s is refused by name", (least, most, scale) => {
  expect(() => trialsOf(config({ ContinuousParameterRanges: [one(least, most, scale)] }), 1)).toThrow(
    `ClientError: range of x must be numbers that ${scale} scaling is for, the smaller first, got: ${least} to ${most}`,
  );
});
