import { join } from "node:path";
import { DescribeProcessingJobCommand, StopPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import { deployFunction } from "../support/local-functions";
import { runningOf, untilRunning } from "../support/processes";
import { RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";

jest.setTimeout(60_000);

const sandbox = new RunnerSandbox();
beforeAll(async () => {
  await sandbox.start();
  await sandbox.createRole("function-role", "lambda.amazonaws.com");
});
afterAll(() => sandbox.stop());

const stop = (PipelineExecutionArn: string) =>
  sandbox.sagemaker.send(new StopPipelineExecutionCommand({ PipelineExecutionArn }));

let sleeps = 0;

/** A command that sleeps a minute, and can be told from others. */
const longSleep = () => `sleep 60.${process.pid}${(sleeps += 1)}`;

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
  expect(groups.map(runningOf)).toEqual([0, 0]);
  expect(await sandbox.keys(`runs/${executionIdOf(arn)}/`)).toEqual([]);
});

test("what a job left in the background ends with the job", async () => {
  const left = longSleep();
  await sandbox.deploy("left", { Steps: [shellStep("Only", `${left} & sleep 0.5`)] });
  const arn = await sandbox.begin("left");
  const group = await untilRunning(left);
  expect((await sandbox.end(arn)).status).toBe("Succeeded");
  expect(runningOf(group)).toBe(0);
});

const waiting = (seconds: number) =>
  `exports.handler = () => new Promise((resolve) => setTimeout(resolve, ${seconds * 1000}, { answer: 1 }));`;

/** A pipeline whose function waits, and a step after it. */
async function deployWaiting(name: string, seconds: number, timeout: number) {
  const FunctionArn = await deployFunction(sandbox, name, { source: waiting(seconds), timeout });
  const ask = { Name: "Ask", Type: "Lambda", Arguments: {}, FunctionArn, OutputParameters: [] };
  await sandbox.deploy(name, { Steps: [ask, shellStep("After", "true", { DependsOn: ["Ask"] })] });
}

test("a function under way is waited for, and nothing after it runs", async () => {
  await deployWaiting("patient", 2, 10);
  const arn = await sandbox.begin("patient");
  await sandbox.reach(arn, "Ask", "Executing");
  await stop(arn);
  const { status, steps } = await sandbox.end(arn);
  expect(status).toBe("Stopped");
  expect(Object.keys(steps)).toEqual(["Ask"]);
  expect(steps.Ask?.StepStatus).toBe("Succeeded");
});

test("a function that times out fails an execution that is to stop", async () => {
  await deployWaiting("impatient", 30, 2);
  const arn = await sandbox.begin("impatient");
  await sandbox.reach(arn, "Ask", "Executing");
  await stop(arn);
  const { status, steps } = await sandbox.end(arn);
  expect(status).toBe("Failed");
  expect(steps.Ask?.FailureReason).toMatch(/^ClientError: Task timed out after 2 seconds/);
});

test("a worker that is told to end stops everything first, functions too, and says so", async () => {
  const long = longSleep();
  await deployWaiting("ended-function", 30, 60);
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
  expect(groups.map(runningOf)).toEqual([0, 0]);
});
