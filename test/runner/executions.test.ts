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
const refused: readonly (readonly [string, object, string | RegExp])[] = [
  [
    "steps that wait for each other",
    { Steps: [{ ...plain, DependsOn: ["Other"] }, shellStep("Other", "true", { DependsOn: ["Only"] })] },
    "Steps wait for each other: Only → Other → Only",
  ],
  [
    "a step that is not there",
    { Steps: [{ ...plain, DependsOn: ["Nobody"] }] },
    "Step Only needs a step Nobody, which is not there",
  ],
  ["a name given twice", { Steps: [plain, plain] }, "Step Only is there twice"],
  [
    "an image whose program is not here",
    {
      Steps: [
        {
          ...plain,
          Arguments: { AppSpecification: { ImageUri: "1.dkr.ecr.us-east-1.amazonaws.com/spark:3" } },
        },
      ],
    },
    /^Step Only runs the image .*spark:3 without an entry point, and the runner does not have its program$/,
  ],
];

test.each(refused)("a definition with %s runs nothing, and says so", async (what, definition, message) => {
  const name = what.replaceAll(" ", "-");
  await sandbox.deploy(name, definition);
  const { status, reason, steps } = await sandbox.run(name);
  expect({ status, steps }).toEqual({ status: "Failed", steps: {} });
  expect(reason).toMatch(message);
});

test("parameters of another type, or not among the values allowed, are all named", async () => {
  await sandbox.deploy("typed", {
    Parameters: [
      { Name: "Count", Type: "Integer", DefaultValue: 1 },
      { Name: "Colour", Type: "String", DefaultValue: "red", EnumValues: ["red", "blue"] },
    ],
    Steps: [plain],
  });
  const { status, reason, steps } = await sandbox.run("typed", { Count: "1.5", Colour: "green" });
  expect({ status, steps }).toEqual({ status: "Failed", steps: {} });
  expect(reason).toBe(
    'Parameter Count must be of type Integer, got: "1.5"; Parameter Colour must be one of red, blue, got: "green"',
  );
});
