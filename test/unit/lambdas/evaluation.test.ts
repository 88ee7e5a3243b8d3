import { evaluate } from "../../../lambdas/evaluation/evaluate";

test("predictions are compared line by line, and the wrong ones are shown first", () => {
  const evaluation = evaluate("a,0.9\nb,0.8\nb,0.7\r\n\n", "a\na\nb\n");
  expect(evaluation).toEqual({
    rows: 3,
    accuracy: 2 / 3,
    confusion: { a: { a: 1, b: 1 }, b: { a: 0, b: 1 } },
    examples: [
      [2, "a", "b"],
      [1, "a", "a"],
      [3, "b", "b"],
    ],
  });
});

test.each([
  ["", "", "got: 0 for 0"],
  ["a\n", "a\nb\n", "got: 1 for 2"],
])("where there is not one prediction for each row, it says so", (predictions, labels, problem) => {
  expect(() => evaluate(predictions, labels)).toThrow(problem);
});
