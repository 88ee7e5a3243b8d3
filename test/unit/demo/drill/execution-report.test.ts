import { readFileSync } from "node:fs";
import { join } from "node:path";
import { executionReport } from "../../../../demo/drill/execution-report";

const definition = readFileSync(join(__dirname, "../../../parity/golden/train.json"), "utf8");
const described = {
  title: "First training",
  environment: "dev",
  account: "111111111111",
  pipeline: "train",
  startedBy: "the drill",
};
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

const report = executionReport(described, {
  arn: "arn:aws:sagemaker:us-east-1:111111111111:pipeline/train/execution/abc",
  status: "Failed",
  failureReason: "Step failure: One or multiple steps failed.",
  seconds: 5,
  parameters: { AucScoreThreshold: "0.5" },
  definition,
  steps: [
    { StepName: "Mammo-PreProcessing", StepStatus: "Succeeded", StartTime: at(0), EndTime: at(3) },
    {
      StepName: "Mammo-Train",
      StepStatus: "Failed",
      StartTime: at(3),
      EndTime: at(5),
      FailureReason: "no rows",
    },
  ],
});

const step = (name: string) => report.steps.find((each) => each.name === name);

test("steps that ran carry their time and reason, and what they waited for", () => {
  expect(step("Mammo-Train")).toEqual({
    name: "Mammo-Train",
    kind: "Training",
    status: "Failed",
    seconds: 2,
    failureReason: "no rows",
    after: ["Mammo-PreProcessing"],
  });
});

test("steps that never ran are described of too, with the branch they stand in", () => {
  expect(step("Mammo-RegisterModel")).toMatchObject({
    status: "NotExecuted",
    branch: { condition: "Mammo-CheckAUCScore", side: "if" },
  });
  expect(step("Mammo-AUCFail")).toMatchObject({ branch: { side: "else" } });
});
