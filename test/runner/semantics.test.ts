import { executionIdOf } from "../../core/execution-id";
import { RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";

const sandbox = new RunnerSandbox();
beforeAll(() => sandbox.start());
afterAll(() => sandbox.stop());

const statuses = (steps: Readonly<Record<string, { StepStatus?: string }>>) =>
  Object.fromEntries(Object.entries(steps).map(([name, { StepStatus }]) => [name, StepStatus]));

test("steps that wait for nothing of each other run side by side, and the one that joins them last", async () => {
  const { marks } = sandbox;
  const side = (name: string, other: string) =>
    `${marks.setting(name)}; ${marks.waiting(other)}; echo ${name} > $OUT/side.txt`;
  await sandbox.deploy("fork", {
    Steps: [
      shellStep("Left", side("left", "right")),
      shellStep("Right", side("right", "left")),
      shellStep("Join", "true", { DependsOn: ["Left", "Right"] }),
    ],
  });
  const { status, steps, arn } = await sandbox.run("fork");
  expect(status).toBe("Succeeded");
  const time = (step: string, end: "StartTime" | "EndTime") => steps[step]?.[end]?.getTime() ?? NaN;
  expect(time("Join", "StartTime")).toBeGreaterThanOrEqual(
    Math.max(time("Left", "EndTime"), time("Right", "EndTime")),
  );
  const id = executionIdOf(arn);
  expect(await sandbox.get(`runs/${id}/Left/side.txt`)).toBe("left\n");
});

test("a step that fails says why, stops those that wait for it, and no others", async () => {
  const { marks } = sandbox;
  await sandbox.deploy("failing-middle", {
    Steps: [
      shellStep("First", "true"),
      shellStep("Middle", "echo the disk is full >&2; exit 3", { DependsOn: ["First"] }),
      shellStep("Last", "true", { DependsOn: ["Middle"] }),
      shellStep("Aside", marks.waiting("middle has failed"), { DependsOn: ["First"] }),
    ],
  });
  const arn = await sandbox.begin("failing-middle");
  await sandbox.reach(arn, "Middle", "Failed");
  marks.set("middle has failed");
  const { status, reason, steps } = await sandbox.end(arn);
  expect({ status, reason }).toEqual({
    status: "Failed",
    reason: "Step failure: One or multiple steps failed.",
  });
  expect(statuses(steps)).toEqual({ First: "Succeeded", Middle: "Failed", Aside: "Succeeded" });
  expect(steps.Middle?.FailureReason).toBe("AlgorithmError: the disk is full, exit code: 3");
  expect(sandbox.log(arn, "Middle")).toContain("the disk is full");
});

const report = (auc: number) =>
  shellStep("Measure", `echo '{"metrics": {"auc": ${auc}}}' > $OUT/report.json`, {
    PropertyFiles: [{ PropertyFileName: "Report", OutputName: "out", FilePath: "report.json" }],
  });

const gate = {
  Name: "Gate",
  Type: "Condition",
  Arguments: {
    Conditions: [
      {
        Type: "GreaterThan",
        LeftValue: {
          "Std:JsonGet": { PropertyFile: { Get: "Steps.Measure.PropertyFiles.Report" }, Path: "metrics.auc" },
        },
        RightValue: { Get: "Parameters.Threshold" },
      },
    ],
    IfSteps: [shellStep("Keep", "true")],
    ElseSteps: [
      {
        Name: "Refuse",
        Type: "Fail",
        Arguments: {
          ErrorMessage: { "Std:Join": { On: " ", Values: ["not above", { Get: "Parameters.Threshold" }] } },
        },
      },
    ],
  },
};

test("a condition reads a JSON file that a step wrote, and takes one branch", async () => {
  const Parameters = [{ Name: "Threshold", Type: "Float", DefaultValue: 0.5 }];
  await sandbox.deploy("gate", { Parameters, Steps: [report(0.9), gate] });
  const passed = await sandbox.run("gate");
  expect(statuses(passed.steps)).toEqual({ Measure: "Succeeded", Gate: "Succeeded", Keep: "Succeeded" });
  expect(passed.steps.Gate?.Metadata).toEqual({ Condition: { Outcome: "True" } });

  const refused = await sandbox.run("gate", { Threshold: "0.95" });
  expect(refused.status).toBe("Failed");
  expect(statuses(refused.steps)).toEqual({ Measure: "Succeeded", Gate: "Succeeded", Refuse: "Failed" });
  expect(refused.steps.Refuse?.FailureReason).toBe("not above 0.95");
});

/** The SDK's own test against the service, with its words: tests/integ/sagemaker/workflow/test_pipeline_var_behaviors.py. */
test("values are joined as the service joins them: an integer, a float, a condition's outcome", async () => {
  const join = (On: string, ...Values: readonly unknown[]) => ({ "Std:Join": { On, Values } });
  const parameter = (name: string) => ({ Get: `Parameters.${name}` });
  const outcome = join("", { Get: "Steps.CondStep.Outcome" });
  const RightValue = join("", parameter("MyInteger"));
  const joined = join(
    " ",
    ...["condition greater than check return:", outcome, "and left side param str is", parameter("MyString")],
    ...["and right side param int is", parameter("MyInteger")],
  );
  await sandbox.deploy("joined", {
    Parameters: [
      { Name: "MyString", Type: "String", DefaultValue: "1" },
      { Name: "MyInteger", Type: "Integer", DefaultValue: 3 },
      { Name: "MyFloat", Type: "Float", DefaultValue: 3 },
    ],
    Steps: [
      {
        Name: "CondStep",
        Type: "Condition",
        Arguments: {
          Conditions: [{ Type: "GreaterThan", LeftValue: parameter("MyString"), RightValue }],
          IfSteps: [],
          ElseSteps: [],
        },
      },
      {
        Name: "FailStep",
        Type: "Fail",
        Arguments: { ErrorMessage: join(", float ", joined, parameter("MyFloat")) },
      },
    ],
  });
  const words = (returned: boolean, integer: number, float: string) =>
    `condition greater than check return: ${returned} and left side param str is 1 and right side param int is ${integer}, float ${float}`;
  const { steps } = await sandbox.run("joined");
  expect(steps.FailStep?.FailureReason).toBe(words(false, 3, "3.0"));
  expect(steps.FailStep?.Metadata).toEqual({ Fail: { ErrorMessage: words(false, 3, "3.0") } });
  const again = await sandbox.run("joined", { MyInteger: "0", MyFloat: "0.25" });
  expect(again.steps.FailStep?.FailureReason).toBe(words(true, 0, "0.25"));
});

test("a Fail step stops what still runs", async () => {
  const { marks } = sandbox;
  await sandbox.deploy("fail-fast", {
    Steps: [
      shellStep("Long", `${marks.setting("long runs")}; sleep 86400`),
      shellStep("Short", marks.waiting("long runs")),
      { Name: "Stop", Type: "Fail", Arguments: { ErrorMessage: "enough" }, DependsOn: ["Short"] },
    ],
  });
  const { status, steps } = await sandbox.run("fail-fast");
  expect(status).toBe("Failed");
  expect(statuses(steps)).toEqual({ Long: "Stopped", Short: "Succeeded", Stop: "Failed" });
});

test("a kind of step that the runner has not is refused by name before anything starts", async () => {
  const spark = { Name: "Spark", Type: "EMR", Arguments: {}, DependsOn: ["First"] };
  await sandbox.deploy("unknown", { Steps: [shellStep("First", "true"), spark] });
  await expect(sandbox.begin("unknown")).rejects.toThrow(
    /^Local AWS cannot run this pipeline: step Spark is of kind EMR; the runner has Callback, Condition, /,
  );
});
