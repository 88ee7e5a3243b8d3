import { join } from "node:path";
import { DescribeProcessingJobCommand, StopPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import { deployFunction } from "../support/local-functions";
import { untilEnded, untilRunning } from "../support/processes";
import { RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";
import { until } from "../support/until";

const sandbox = new RunnerSandbox();
beforeAll(async () => {
  await sandbox.start();
  await sandbox.createRole("function-role", "lambda.amazonaws.com");
});
afterAll(() => sandbox.stop());

const stop = (PipelineExecutionArn: string) =>
  sandbox.sagemaker.send(new StopPipelineExecutionCommand({ PipelineExecutionArn }));

let sleeps = 0;

/** A command that sleeps for longer than any test, and can be told from others. */
const longSleep = () => `sleep 86400.${process.pid}${(sleeps += 1)}`;

test("a stopped execution stops its steps and jobs, and leaves no process and no output", async () => {
  const [long, stubborn] = [longSleep(), longSleep()];
  await sandbox.deploy("stopped", {
    Steps: [
      shellStep("Long", `echo half > $OUT/half.txt; ${long}`),
      shellStep("Stubborn", `trap '' TERM; (${stubborn}) & wait`),
      shellStep("After", "true", { DependsOn: ["Long"] }),
    ],
  });
  const arn = await sandbox.begin("stopped");
  const groups = await Promise.all([long, stubborn].map(untilRunning));
  await stop(arn);
  await sandbox.reach(arn, "Stubborn", "Stopping");
  const { status, reason, steps } = await sandbox.end(arn);
  expect({ status, reason }).toEqual({ status: "Stopped", reason: undefined });
  expect(Object.keys(steps).toSorted()).toEqual(["Long", "Stubborn"]);
  for (const { StepStatus, FailureReason, EndTime, Metadata } of Object.values(steps)) {
    expect({ StepStatus, FailureReason }).toEqual({ StepStatus: "Stopped", FailureReason: undefined });
    expect(EndTime).toBeInstanceOf(Date);
    const ProcessingJobName = Metadata?.ProcessingJob?.Arn?.replace(/^.*\//, "");
    const job = await sandbox.sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName }));
    expect(job.ProcessingJobStatus).toBe("Stopped");
  }
  await Promise.all(groups.map(untilEnded));
  expect(await sandbox.keys(`runs/${executionIdOf(arn)}/`)).toEqual([]);
});

test("what a job left in the background ends with the job", async () => {
  const left = longSleep();
  const { marks } = sandbox;
  await sandbox.deploy("left", { Steps: [shellStep("Only", `${left} & ${marks.waiting("seen")}`)] });
  const arn = await sandbox.begin("left");
  const group = await untilRunning(left);
  marks.set("seen");
  expect((await sandbox.end(arn)).status).toBe("Succeeded");
  await untilEnded(group);
});

/** Answers once its release is marked. */
const held = (name: string) => `const { existsSync } = require("node:fs");
exports.handler = async () => {
  while (!existsSync("${sandbox.marks.file(name)}")) await new Promise((go) => setTimeout(go, 50));
  return { answer: 1 };
};`;

/** A pipeline whose function waits to be released, a step after it, and others. */
async function deployHeld(name: string, timeout?: number, others: readonly object[] = []) {
  const settings = { source: held(name), ...(timeout !== undefined && { timeout }) };
  const FunctionArn = await deployFunction(sandbox, name, settings);
  const ask = { Name: "Ask", Type: "Lambda", Arguments: {}, FunctionArn, OutputParameters: [] };
  const after = shellStep("After", "true", { DependsOn: ["Ask"] });
  await sandbox.deploy(name, { Steps: [ask, after, ...others] });
}

/** Waits until the function of an execution is called; from then on a stop does not keep it from running. */
const untilCalled = (arn: string) =>
  until("the function is called", async () => (await sandbox.steps(arn)).Ask?.Metadata?.Lambda);

test("a function under way is waited for, and nothing after it runs", async () => {
  await deployHeld("patient");
  const arn = await sandbox.begin("patient");
  await untilCalled(arn);
  await stop(arn);
  await sandbox.reach(arn, "Ask", "Stopping");
  sandbox.marks.set("patient");
  const { status, steps } = await sandbox.end(arn);
  expect(status).toBe("Stopped");
  expect(Object.keys(steps)).toEqual(["Ask"]);
  expect(steps.Ask?.StepStatus).toBe("Succeeded");
});

test("a function that times out fails an execution that is to stop", async () => {
  await deployHeld("impatient", 1, [shellStep("Long", longSleep())]);
  const arn = await sandbox.begin("impatient");
  await untilCalled(arn);
  await stop(arn);
  const { status, steps } = await sandbox.end(arn);
  expect(status).toBe("Failed");
  expect(steps.Ask?.FailureReason).toMatch(/^ClientError: Task timed out after 1 seconds/);
});

test("a worker that is told to end stops everything first, functions too, and says so", async () => {
  const long = longSleep();
  await deployHeld("ended-function");
  await sandbox.deploy("ended", { Steps: [shellStep("Long", long)] });
  const arns = await Promise.all(["ended", "ended-function"].map((name) => sandbox.begin(name)));
  const functionFolder = join(sandbox.folder, "jobs", executionIdOf(arns[1] ?? ""));
  const groups = await Promise.all([long, functionFolder].map(untilRunning));
  await sandbox.runner.stop();
  for (const arn of arns) {
    const { status, steps } = await sandbox.end(arn);
    expect(status).toBe("Stopped");
    expect(Object.values(steps).map(({ StepStatus }) => StepStatus)).toEqual(["Stopped"]);
  }
  await Promise.all(groups.map(untilEnded));
});
