import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { executionIdOf } from "../../core/execution-id";
import { RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";
import { train, trainingData, trainParameters } from "../support/xgboost-steps";

const sandbox = new RunnerSandbox();

/** A machine on which nothing can have a mount namespace of its own. */
const withoutNamespaces = () => {
  const folder = join(sandbox.folder, "bin");
  mkdirSync(folder);
  writeFileSync(join(folder, "unshare"), "#!/bin/sh\nexit 1\n");
  chmodSync(join(folder, "unshare"), 0o755);
  return Promise.resolve({ PATH: [folder, process.env.PATH].join(delimiter) });
};
beforeAll(() => sandbox.start(withoutNamespaces));
afterAll(() => sandbox.stop());

test("where there are no mount namespaces, jobs work in a folder that their variables name", async () => {
  await sandbox.put("training/rows.csv", trainingData(50));
  const step = shellStep("Only", "");
  const AppSpecification = {
    ...step.Arguments.AppSpecification,
    ContainerEntrypoint: ["sh", "-c", 'echo "$MINE" > "$PROCESSING_ROOT/out/mine.txt"'],
    ContainerArguments: [],
  };
  const Environment = { MINE: "/opt/ml/processing/mine" };
  await sandbox.deploy("mapped", {
    Parameters: trainParameters,
    Steps: [{ ...step, Arguments: { ...step.Arguments, AppSpecification, Environment } }, train],
  });
  const { arn, status } = await sandbox.run("mapped");
  expect(status).toBe("Succeeded");
  const id = executionIdOf(arn);
  const mine = await sandbox.get(`runs/${id}/Only/mine.txt`);
  expect(mine).toMatch(new RegExp(`^${sandbox.folder}/jobs/${id}/Only/pipelines-.*/processing/mine\n$`));
  expect(await sandbox.keys(`runs/${id}/models/`)).toHaveLength(1);
});
