import { StartPipelineExecutionCommand } from "@aws-sdk/client-sagemaker";
import { executionIdOf } from "../../core/execution-id";
import { bucket, RunnerSandbox, type Ended } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";

const sandbox = new RunnerSandbox();
beforeAll(() => sandbox.start());
afterAll(() => sandbox.stop());

const outputOf = (step: string) => ({
  Get: `Steps.${step}.ProcessingOutputConfig.Outputs['out'].S3Output.S3Uri`,
});

/** A step that hands on what the one before it wrote, and its own name. */
function handOn(name: string, before: string) {
  const step = shellStep(
    name,
    `cat /opt/ml/processing/in/names.txt > $OUT/names.txt; echo ${name} >> $OUT/names.txt`,
  );
  step.Arguments.ProcessingInputs = [
    {
      InputName: "in",
      S3Input: {
        S3Uri: outputOf(before),
        LocalPath: "/opt/ml/processing/in",
        S3DataType: "S3Prefix",
        S3InputMode: "File",
      },
    },
  ];
  return step;
}

const report = { PropertyFileName: "Report", OutputName: "out", FilePath: "report.json" };
const definition = {
  Steps: [
    shellStep("First", `echo First > $OUT/names.txt; echo '{"good": 1}' > $OUT/report.json`, {
      PropertyFiles: [report],
    }),
    handOn("Second", "First"),
    handOn("Third", "Second"),
    {
      Name: "Gate",
      Type: "Condition",
      Arguments: {
        Conditions: [
          {
            Type: "Equals",
            LeftValue: {
              "Std:JsonGet": { PropertyFile: { Get: "Steps.First.PropertyFiles.Report" }, Path: "good" },
            },
            RightValue: 1,
          },
        ],
        IfSteps: [shellStep("Yes", "true")],
        ElseSteps: [shellStep("No", "true")],
      },
    },
    shellStep("Aside", "true"),
  ],
};

async function select(names: readonly string[], source?: string): Promise<Ended> {
  const { PipelineExecutionArn = "" } = await sandbox.sagemaker.send(
    new StartPipelineExecutionCommand({
      PipelineName: "chain",
      SelectiveExecutionConfig: {
        SelectedSteps: names.map((StepName) => ({ StepName })),
        ...(source && { SourcePipelineExecutionArn: source }),
      },
    }),
  );
  return sandbox.end(PipelineExecutionArn);
}

const namesIn = async (arn: string, step: string) =>
  (await sandbox.get(`runs/${executionIdOf(arn)}/${step}/names.txt`)).trim().split("\n");

test("a selective execution runs the selected steps alone, on what those before them gave, even after a new worker", async () => {
  await sandbox.deploy("chain", definition);
  const whole = await sandbox.run("chain");
  expect(whole.status).toBe("Succeeded");
  await sandbox.runner.stop();
  await sandbox.startRunner();

  const { arn, status, steps } = await select(["Second", "Gate", "Yes"], whole.arn);
  expect(status).toBe("Succeeded");
  const reused = { SourcePipelineExecutionArn: whole.arn };
  expect(
    Object.fromEntries(
      Object.entries(steps).map(([name, { StepStatus, SelectiveExecutionResult }]) => [
        name,
        [StepStatus, SelectiveExecutionResult],
      ]),
    ),
  ).toEqual({
    First: ["Succeeded", reused],
    Second: ["Succeeded", undefined],
    Gate: ["Succeeded", undefined],
    Yes: ["Succeeded", undefined],
  });
  expect(await namesIn(arn, "Second")).toEqual(["First", "Second"]);
  expect(await sandbox.keys(`runs/${executionIdOf(arn)}/`)).toEqual([
    `runs/${executionIdOf(arn)}/Second/names.txt`,
  ]);
});

test("steps that need none before them run without an earlier execution", async () => {
  const { status, steps } = await select(["Aside"]);
  expect({ status, steps: Object.keys(steps) }).toEqual({ status: "Succeeded", steps: ["Aside"] });
});

test("a property file that its step did not write is named, with its place", async () => {
  const gate = definition.Steps.find(({ Name }) => Name === "Gate");
  await sandbox.deploy("without", {
    Steps: [{ ...shellStep("First", "true"), PropertyFiles: [report] }, gate],
  });
  const { arn, status, steps } = await sandbox.run("without");
  expect(status).toBe("Failed");
  expect(steps.Gate?.FailureReason).toBe(
    `Property file Report of step First (s3://${bucket}/runs/${executionIdOf(arn)}/First/report.json) cannot be read: NoSuchKey`,
  );
});
