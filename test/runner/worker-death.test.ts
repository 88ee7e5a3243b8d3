import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import {
  CreateModelPackageGroupCommand,
  DescribeTrainingJobCommand,
  ListModelPackagesCommand,
} from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import { untilEnded, untilRunning } from "../support/processes";
import { RunnerSandbox } from "../support/runner-sandbox";
import { registerIn, train, trainingData, trainParameters } from "../support/xgboost-steps";

let sandbox: RunnerSandbox;
const group = "severity";
beforeEach(async () => {
  sandbox = new RunnerSandbox();
  await sandbox.start();
  await sandbox.put("training/rows.csv", trainingData(100));
  await sandbox.sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: group }));
  await sandbox.deploy("train", { Parameters: trainParameters, Steps: [train, registerIn(group)] });
});
afterEach(() => sandbox.stop());

const versions = async () => {
  const list = new ListModelPackagesCommand({ ModelPackageGroupName: group });
  return (await sandbox.sagemaker.send(list)).ModelPackageSummaryList ?? [];
};

test("a worker killed in mid-training leaves no model and no process; starting again works", async () => {
  const arn = await sandbox.begin("train", { Rounds: "100000000" });
  await sandbox.reach(arn, "Train", "Executing");
  const folder = join(sandbox.folder, "jobs", executionIdOf(arn));
  const group = await untilRunning(folder);
  process.kill(sandbox.runner.pid, "SIGKILL");
  await untilEnded(group);
  expect(await versions()).toEqual([]);
  expect(await sandbox.keys("runs/")).toEqual([]);
  expect(existsSync(folder)).toBe(true);

  await sandbox.startRunner();
  const { status, reason, steps } = await sandbox.end(arn);
  const because = "The runner ended while this execution ran";
  expect({ status, reason }).toEqual({ status: "Failed", reason: because });
  expect(steps).toMatchObject({ Train: { StepStatus: "Failed", FailureReason: because } });
  expect(Object.keys(steps)).toEqual(["Train"]);
  const TrainingJobName = steps.Train?.Metadata?.TrainingJob?.Arn?.replace(/^.*\//, "");
  const job = await sandbox.sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName }));
  expect(job).toMatchObject({ TrainingJobStatus: "Failed", FailureReason: because });

  const again = await sandbox.run("train");
  expect(again.status).toBe("Succeeded");
  expect(await versions()).toHaveLength(1);
  expect(readdirSync(join(sandbox.folder, "jobs"))).toEqual([]);
});

test("a second worker takes over, and the first ends", async () => {
  const first = sandbox.runner;
  const arn = await sandbox.begin("train", { Rounds: "100000000" });
  await sandbox.reach(arn, "Train", "Executing");
  const group = await untilRunning(join(sandbox.folder, "jobs", executionIdOf(arn)));
  await sandbox.startRunner();
  expect((await sandbox.end(arn)).status).toBe("Failed");
  await untilEnded(group);
  await first.ended;
  expect((await sandbox.run("train")).status).toBe("Succeeded");
});

test("a worker ends with local AWS, and its jobs with it", async () => {
  const arn = await sandbox.begin("train", { Rounds: "100000000" });
  const group = await untilRunning(join(sandbox.folder, "jobs", executionIdOf(arn)));
  await sandbox.localAws.stop();
  await sandbox.runner.ended;
  await untilEnded(group);
});
