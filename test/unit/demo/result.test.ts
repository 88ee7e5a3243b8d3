import { describeResult, type StartResult } from "../../../demo/result";
import { passedDrill } from "./report/fixture/report";

const files = { html: "drill-report.html", json: "drill-report.json" };
const kept = (report: StartResult["report"]): string =>
  describeResult({ report, failures: [], accounts: [], endpoint: "http://127.0.0.1:5000" }, files);

test("what is left up is looked into by the pipeline and the schedule that the drill ended with", () => {
  const [last] = passedDrill.executions.slice(-1);
  expect(last?.pipeline).toBeDefined();
  expect(kept(passedDrill)).toContain(
    [
      `  npx mlops --local pipelines show ${last?.environment ?? ""}/${last?.pipeline ?? ""} --logs`,
      `  npx mlops --local local fire ${last?.startedBy ?? ""} --env ${last?.environment ?? ""}`,
    ].join("\n"),
  );
});

test("where no model was drilled, no pipeline and no schedule is named", () => {
  const text = kept({ ...passedDrill, executions: [], versions: [] });
  expect(text).not.toMatch(/pipelines show|local fire/);
  expect(text).toContain("npm stop");
});
