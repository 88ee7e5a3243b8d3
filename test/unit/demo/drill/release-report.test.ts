import type { ReleaseBuild } from "../../../../demo/ci-server";
import { releasedBy, releaseReport } from "../../../../demo/drill/release-report";
import { versions } from "../report/fixture/versions";

const deploy = (to: string, output: string) => ({
  ...{ line: "node jenkins/logged.js npx mlops endpoints deploy --applied-by ci", to, output },
  ...{ exitCode: 0, startedAt: 12_000, seconds: 9 },
});
const said = (environment: string, before: string) =>
  `testing\n${environment}-mammo-severity-endpoint serves version 2; before: ${before}\n` +
  "135 held-out rows: AUC 0.9513, as good as registered (0.9514)\nInvocations took 9 ms (p50), 12 ms (p99)";

const build = {
  build: { job: { name: "mlops/deploy" }, number: 1, by: "release-bot", timestamp: 10_500 },
  lines: [
    { line: "npx mlops endpoints route --applied-by ci", to: "", output: "", startedAt: 11_000, seconds: 1 },
    deploy("staging", said("staging", "nothing")),
    deploy("prod", said("prod", "version 1")),
  ],
  approvals: [{ environment: "prod", model: "mammo-severity", text: "", by: "ann" }],
} as unknown as ReleaseBuild;

const test2 = { rows: 135, auc: 0.9513, recordedAuc: 0.9514 };

test("what serves, what served, how it was tested and who approved are read of what the deploy job says", () => {
  expect(releasedBy(build, "staging")).toEqual({ version: 2, test: test2 });
  expect(releasedBy(build, "prod")).toEqual({ version: 2, before: 1, approvedBy: "ann", test: test2 });
  expect(releasedBy(build, "elsewhere")).toBeUndefined();
});

test("words that are not understood are no release", () => {
  const other = { ...build, lines: [deploy("prod", "Version 2 was not released, version 1 serves: no")] };
  expect(() => releasedBy(other as unknown as ReleaseBuild, "prod")).toThrow("not understood: Version 2");
});

test("a release's steps begin with the approval", () => {
  const serving = [{ name: "staging", account: "555555555555" }] as never;
  const [version] = versions;
  if (!version) throw new Error("there is a version");
  const report = releaseReport(build, { version, approvedAt: 10_000, serving });
  expect(report).toMatchObject({ build: "mlops/deploy #1", askedBy: "release-bot" });
  expect(report.environments.map(({ environment }) => environment)).toEqual(["staging"]);
  expect(report.steps.slice(0, 3)).toEqual([
    { name: "Event, function, Jenkins", startedAfter: 0, seconds: 0.5 },
    { name: "Route", startedAfter: 1, seconds: 1 },
    { name: "Apply and test staging", startedAfter: 2, seconds: 9 },
  ]);
});
