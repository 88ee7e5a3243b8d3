import { describeDuration } from "../../../tools/duration";

test.each([
  [0, "0.0 s"],
  [-0.01, "0.0 s"],
  [4.26, "4.3 s"],
  [59.94, "59.9 s"],
  [59.96, "1 min 0 s"],
  [194.1, "3 min 14 s"],
  [3599.7, "1 h 0 min"],
  [3900, "1 h 5 min"],
  [7199, "2 h 0 min"],
  [Number.NaN, "unknown"],
])("%d seconds read as %s", (seconds, text) => {
  expect(describeDuration(seconds)).toBe(text);
});
