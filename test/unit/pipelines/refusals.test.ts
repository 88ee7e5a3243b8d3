import {
  ConditionStep,
  containerImage,
  executionId,
  FailStep,
  floatParameter,
  integerParameter,
  Join,
  LambdaStep,
  Pipeline,
  stringParameter,
  TrainingStep,
  type Condition,
  type Step,
} from "../../../pipelines/definition";
import { devContext } from "../../support/mammo-severity";

const pipeline = (steps: readonly Step[], name = "p") =>
  new Pipeline({ ...devContext, name, parameters: [], steps });

const call = (name: string, inputs = {}, dependsOn: readonly Step[] = []) =>
  new LambdaStep(name, {
    functionArn: `arn:aws:lambda:us-east-1:111111111111:function:${name}`,
    outputs: ["answer"],
    inputs,
    dependsOn,
  });

const isYes = (left: ReturnType<LambdaStep<"answer">["output"]>): Condition[] => [
  { type: "Equals", left, right: "yes" },
];

const gate = (conditions: readonly Condition[], inner: readonly Step[], dependsOn: readonly Step[] = []) =>
  new ConditionStep("Gate", { conditions, ifSteps: inner, elseSteps: [], dependsOn });

test("a condition on the outcome of a step inside it is refused", () => {
  const inner = call("Inner");
  expect(() => pipeline([gate(isYes(inner.output("answer")), [inner])])).toThrow(
    "pipeline p: steps wait for each other: Gate → Inner → Gate",
  );
});

test("a condition that depends on a step inside it is refused", () => {
  const inner = call("Inner");
  expect(() => pipeline([gate([], [inner], [inner])])).toThrow(
    "pipeline p: steps wait for each other: Gate → Inner → Gate",
  );
});

test("a condition on a step that needs a step inside the condition is refused", () => {
  const inner = call("Inner");
  const outside = call("Outside", { question: inner.output("answer") });
  expect(() => pipeline([outside, gate(isYes(outside.output("answer")), [inner])])).toThrow(
    "pipeline p: steps wait for each other: Outside → Inner → Gate → Outside",
  );
});

test("a step inside a condition may use steps before the condition and steps beside it", () => {
  const before = call("Before");
  const first = call("First", { question: before.output("answer") });
  const nested = new ConditionStep("Nested", { conditions: [], ifSteps: [first], elseSteps: [] });
  const second = call("Second", { question: first.output("answer") });
  expect(() => pipeline([before, gate(isYes(before.output("answer")), [nested, second])])).not.toThrow();
});

test("a step outside the pipeline is refused though one inside has its name", () => {
  const namesake = new LambdaStep("Same", { functionArn: "other", outputs: ["other"] });
  expect(() => pipeline([call("Same"), call("Asks", { question: namesake.output("other") })])).toThrow(
    "pipeline p: step Asks refers to step Same, which is not in the pipeline",
  );
});

test("names are as long as SageMaker takes, and no longer", () => {
  expect(call("a".repeat(64)).name).toHaveLength(64);
  expect(() => call("a".repeat(65))).toThrow("step name must be 1 to 64 letters");
  expect(() => stringParameter("a".repeat(65), "x")).toThrow("parameter name must be 1 to 64 letters");
  expect(() => stringParameter("no spaces", "x")).toThrow("parameter name must be 1 to 64 letters");
  expect(() => pipeline([call("A")], "a".repeat(256))).not.toThrow();
  expect(() => pipeline([], "a".repeat(257))).toThrow("pipeline name must be 1 to 256 letters");
  expect(() => pipeline([], "no spaces")).toThrow('inner dashes, got: "no spaces"');
});

test("a pipeline without a step is refused", () => {
  expect(() => pipeline([])).toThrow("pipeline p: must have at least one step");
});

test("a default that JSON cannot carry as its type is refused", () => {
  expect(() => integerParameter("Count", 1.5)).toThrow(
    "parameter Count must have a default of type Integer, got: 1.5",
  );
  expect(() => floatParameter("Limit", NaN)).toThrow(
    "parameter Limit must have a default of type Float, got: NaN",
  );
});

test("cache and retries do not compile where SageMaker has none", () => {
  const step = () =>
    new FailStep("Stop", {
      errorMessage: "no",
      // @ts-expect-error a fail step has no outcome to take from an earlier execution
      cache: { enabled: true },
    });
  expect(step).not.toThrow();
});

describe("a value that would be planned as nonsense is refused, with its step:", () => {
  const training = (hyperparameters: object) =>
    new TrainingStep("Train", {
      image: containerImage("xgboost", "us-east-1"),
      roleArn: devContext.executionRoleArn,
      instanceType: "ml.m5.xlarge",
      instanceCount: 1,
      kmsKeyArn: devContext.kmsKeyArn,
      volumeKeyArn: devContext.volumeKeyArn,
      outputUri: "s3://bucket/models",
      hyperparameters: hyperparameters as Readonly<Record<string, number>>,
      channels: {},
    });
  const rounds = integerParameter("Rounds", 50);

  test("a parameter within a text", () => {
    const [text, later] = [
      (value: unknown) => `s3://bucket/${value as string}`,
      "is known only when the pipeline runs",
    ];
    expect(() => text(rounds)).toThrow(
      `parameter Rounds ${later}, and stands in the place of a text: join texts`,
    );
    expect(() => text(call("First").output("answer"))).toThrow(`of step First ${later}`);
    expect(() => text(executionId)).toThrow(`PipelineExecutionId ${later}`);
    expect(() => text(new Join("/", []))).toThrow(`a Join of 0 parts ${later}`);
  });

  test.each([
    ["not a number", { Inputs: NaN }, "Arguments.Inputs must be a number, got: NaN"],
    ["a function", { Inputs: () => 1 }, "Arguments.Inputs must be a value that JSON has, got: a function"],
    ["a set", { Inputs: [new Set()] }, "Arguments.Inputs[0] must be a value that JSON has, got: a Set"],
    [
      "nothing in a list",
      { Inputs: ["a", undefined] },
      "Arguments.Inputs[1] must be a value, got: undefined",
    ],
  ])("%s", (_, inputs, message) => {
    expect(() => pipeline([call("First", inputs)])).toThrow(`pipeline p: step First: ${message}`);
  });

  test("but a parameter as a hyperparameter becomes its text when the pipeline runs, as AWS's SDK has it", () => {
    const definition = new Pipeline({
      ...devContext,
      name: "p",
      parameters: [rounds],
      steps: [training({ num_round: rounds, eta: 0.2 })],
    }).render();
    expect(JSON.parse(definition)).toMatchObject({
      Steps: [
        {
          Arguments: {
            HyperParameters: {
              num_round: { "Std:Join": { On: "", Values: [{ Get: "Parameters.Rounds" }] } },
              eta: "0.2",
            },
          },
        },
      ],
    });
  });
});
