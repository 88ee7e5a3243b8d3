import { readJunitReport } from "../../../../tools/test/tiers";

test("of pytest's report, what failed, what could not start and what was skipped is told apart", () => {
  const suite =
    '<testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10" time="1.5" hostname="h">';
  const text = `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests">${suite}<testcase/>`;
  expect(readJunitReport(text)).toEqual({ passed: 4, failed: 3, skipped: 3 });
});
