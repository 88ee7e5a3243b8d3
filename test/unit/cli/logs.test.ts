import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { logGroupsOf } from "../../../cli/pipelines/log-groups";
import { LogTail, stepsWithLog } from "../../../cli/pipelines/step-logs";
import { temporaryFolder } from "../../support/temporary-folder";

describe("the tail of step logs", () => {
  const folder = temporaryFolder();
  const file = (step: string) => join(folder, `${step}.log`);

  test("gives each whole line once, and in the end what has no end of line", async () => {
    const tail = new LogTail(folder);
    expect(await tail.lines()).toEqual([]);
    writeFileSync(file("A"), "one\r\ntwo\nthr");
    expect(await tail.lines()).toEqual([
      { step: "A", line: "one" },
      { step: "A", line: "two" },
    ]);
    appendFileSync(file("A"), "ee\n\n");
    writeFileSync(file("B"), "last");
    expect(await tail.lines()).toEqual([
      { step: "A", line: "three" },
      { step: "A", line: "" },
    ]);
    expect(await tail.lines()).toEqual([]);
    expect(tail.rest()).toEqual([{ step: "B", line: "last" }]);
  });

  test("keeps a character whole that was written in two halves", async () => {
    const tail = new LogTail(folder);
    await tail.lines();
    const bytes = Buffer.from("é\n");
    appendFileSync(file("C"), bytes.subarray(0, 1));
    expect(await tail.lines()).toEqual([]);
    appendFileSync(file("C"), bytes.subarray(1));
    expect(await tail.lines()).toEqual([{ step: "C", line: "é" }]);
  });

  test("takes nothing but logs for logs, and a folder that is not there for empty", async () => {
    mkdirSync(join(folder, "inner"));
    writeFileSync(join(folder, "inner/Only.log"), "");
    writeFileSync(join(folder, "inner/notes.txt"), "");
    expect(await stepsWithLog(join(folder, "inner"))).toEqual(["Only"]);
    expect(await stepsWithLog(join(folder, "nowhere"))).toEqual([]);
  });
});

test("CloudWatch has jobs by their names and functions in their log group", () => {
  const job = (kind: string, name: string) => `arn:aws:sagemaker:us-east-1:111111111111:${kind}/${name}`;
  const step = (name: string, metadata: object) => ({ name, kind: "", status: "Succeeded", metadata });
  const steps = [
    step("Check", { QualityCheck: { CheckJobArn: job("processing-job", "check-1") } }),
    step("Bias", { ClarifyCheck: { CheckJobArn: job("processing-job", "bias-1") } }),
    step("Tune", { TuningJob: { Arn: job("hyper-parameter-tuning-job", "tune-1") } }),
    step("Score", { TransformJob: { Arn: job("transform-job", "score-1") } }),
    step("Ask", { Lambda: { Arn: "arn:aws:lambda:us-east-1:111111111111:function:ask" } }),
    step("Choose", { Condition: { Outcome: "True" } }),
    { name: "Later", kind: "", status: "NotExecuted" },
  ];
  expect(logGroupsOf(steps, (name) => `/functions/${name}`)).toEqual([
    { step: "Check", logGroup: "/aws/sagemaker/ProcessingJobs", logStreamPrefix: "check-1" },
    { step: "Bias", logGroup: "/aws/sagemaker/ProcessingJobs", logStreamPrefix: "bias-1" },
    { step: "Tune", logGroup: "/aws/sagemaker/TrainingJobs", logStreamPrefix: "tune-1" },
    { step: "Score", logGroup: "/aws/sagemaker/TransformJobs", logStreamPrefix: "score-1" },
    { step: "Ask", logGroup: "/functions/ask", logStreamPrefix: "" },
  ]);
});
