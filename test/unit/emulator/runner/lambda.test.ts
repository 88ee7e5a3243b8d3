import { waitSeconds } from "../../../../emulator/runner/steps/lambda";

test("a step waits as long as its function may run, and ten minutes at most", () => {
  expect([1, 600, 900].map(waitSeconds)).toEqual([1, 600, 600]);
});
