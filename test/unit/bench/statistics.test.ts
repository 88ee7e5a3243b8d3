import { ratiosOf, spreadOf } from "../../../bench/statistics";

test.each([
  { figures: [3], median: 3, min: 3, max: 3 },
  { figures: [9, 1, 2], median: 2, min: 1, max: 9 },
  { figures: [4, 1, 3, 2], median: 2.5, min: 1, max: 4 },
])("the middle of $figures is $median", ({ figures, ...spread }) => {
  expect(spreadOf(figures)).toEqual(spread);
});

test("ratios are taken round by round, so that a slow round of both changes nothing", () => {
  expect(ratiosOf([2, 20, 4], [1, 10, 2])).toEqual({ median: 2, min: 2, max: 2 });
});

test("what cannot be compared is refused", () => {
  expect(() => spreadOf([])).toThrow("no figure was taken");
  expect(() => ratiosOf([1, 2], [1])).toThrow("2 rounds do not pair with 1");
});
