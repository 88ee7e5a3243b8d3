import { StartPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import { RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";

const sandbox = new RunnerSandbox();
beforeAll(() => sandbox.start());
afterAll(() => sandbox.stop());

test("executions at once do not disturb each other, even of one pipeline", async () => {
  const { marks } = sandbox;
  const names = ["first", "broken", "last"];
  const together = [`touch "${marks.file("$NAME")}"`, ...names.map((name) => marks.waiting(name))].join("; ");
  const write = shellStep("Write", `${together}; echo "$NAME" > $OUT/name.txt; test "$NAME" != broken`);
  await sandbox.deploy("many", {
    Parameters: [{ Name: "Name", Type: "String" }],
    Steps: [
      { ...write, Arguments: { ...write.Arguments, Environment: { NAME: { Get: "Parameters.Name" } } } },
    ],
  });
  const arns = await Promise.all(names.map((Name) => sandbox.begin("many", { Name })));
  const ended = await Promise.all(arns.map((arn) => sandbox.end(arn)));
  expect(ended.map(({ status }) => status)).toEqual(["Succeeded", "Failed", "Succeeded"]);
  const written = (arn: string) => sandbox.get(`runs/${executionIdOf(arn)}/Write/name.txt`);
  expect(await written(arns[0] ?? "")).toBe("first\n");
  expect(await written(arns[2] ?? "")).toBe("last\n");
});

test("no more steps run at a time than the execution allows", async () => {
  const { marks } = sandbox;
  const withAnother = `until test $(ls '${marks.file(".")}' | grep -c ^narrow) -ge 2; do sleep 0.05; done`;
  const steps = ["A", "B", "C", "D"].map((name) =>
    shellStep(name, `${marks.setting(`narrow-${name}`)}; ${withAnother}`),
  );
  await sandbox.deploy("narrow", { Steps: steps });
  const { PipelineExecutionArn = "" } = await sandbox.sagemaker.send(
    new StartPipelineExecutionCommand({
      PipelineName: "narrow",
      ParallelismConfiguration: { MaxParallelExecutionSteps: 2 },
    }),
  );
  const ended = await sandbox.end(PipelineExecutionArn);
  const times = Object.values(ended.steps).map(({ StartTime, EndTime }) => [StartTime, EndTime] as const);
  const atOnce = times.map(
    ([start]) => times.filter(([from, to]) => start && from && to && from <= start && start < to).length,
  );
  expect(Math.max(...atOnce)).toBe(2);
});

test("a definition changed while an execution runs changes nothing for that one", async () => {
  const { marks } = sandbox;
  const old = `${marks.setting("old runs")}; ${marks.waiting("changed")}; echo old > $OUT/which.txt`;
  await sandbox.deploy("changing", { Steps: [shellStep("Only", old)] });
  const arn = await sandbox.begin("changing");
  await marks.seen("old runs");
  await sandbox.deploy("changing", { Steps: [shellStep("Only", "echo new > $OUT/which.txt")] });
  marks.set("changed");
  await sandbox.end(arn);
  expect(await sandbox.get(`runs/${executionIdOf(arn)}/Only/which.txt`)).toBe("old\n");
});

const plain = shellStep("Only", "true");

test("a definition with an image whose program is not here runs nothing, and says so", async () => {
  const { Arguments } = plain;
  const AppSpecification = { ImageUri: "1.dkr.ecr.us-east-1.amazonaws.com/spark:3" };
  await sandbox.deploy("spark", { Steps: [{ ...plain, Arguments: { ...Arguments, AppSpecification } }] });
  const { status, reason, steps } = await sandbox.run("spark");
  expect({ status, steps }).toEqual({ status: "Failed", steps: {} });
  expect(reason).toMatch(
    /^Step Only runs the image .*spark:3 without an entry point, and the runner does not have its program$/,
  );
});
