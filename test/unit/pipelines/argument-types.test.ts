import {
  booleanParameter,
  ConditionStep,
  containerImage,
  executionId,
  FailStep,
  floatParameter,
  integerParameter,
  Join,
  LambdaStep,
  Pipeline,
  ProcessingStep,
  stringParameter,
  type Parameter,
  type Step,
  type Value,
} from "../../../pipelines/definition";
import { mistypedArguments } from "../../../pipelines/definition/argument-types";
import { devContext } from "../../support/mammo-severity";

const count = integerParameter("Count", 2);
const rate = floatParameter("Rate", 0.5);
const flag = booleanParameter("Flag", true);
const where = stringParameter("Where", "here");
const parameters: readonly Parameter[] = [count, rate, flag, where];

const { executionRoleArn: roleArn, kmsKeyArn, volumeKeyArn } = devContext;
const lookUp = new LambdaStep("LookUp", {
  functionArn: "arn:aws:lambda:us-east-1:111111111111:function:look-up",
  outputs: ["answer"],
  inputs: { count, rate, flag, where },
});

interface Given {
  readonly argument?: Value<string>;
  readonly variable?: Value<string>;
  readonly instances?: Value<number>;
}

const processing = ({ argument = "a", variable = "v", instances = 1 }: Given) =>
  new ProcessingStep("Prepare", {
    image: containerImage("scikit-learn", "us-east-1"),
    roleArn,
    entryPoint: ["python3", "x.py"],
    containerArguments: ["--first", argument],
    environment: { InstanceCount: variable },
    cluster: { instanceType: "ml.m5.large", instanceCount: instances, kmsKeyArn, volumeKeyArn },
    inputs: [],
    outputs: {},
  });

const render = (...steps: readonly Step[]) => new Pipeline({ ...devContext, name: "p", parameters, steps });
const asText = (value: unknown) => value as Value<string>;

test("a reference of another type than its place wants does not compile", () => {
  const attempts = () => [
    // @ts-expect-error an argument is text, and the parameter an integer
    processing({ argument: count }),
    // @ts-expect-error a variable is text, and the parameter a number
    processing({ variable: rate }),
    // @ts-expect-error a variable is text, and the parameter true or false
    processing({ variable: flag }),
    // @ts-expect-error a number of instances is a number, and the parameter text
    processing({ instances: where }),
    // @ts-expect-error a number of instances is a number, and what a step answers text
    processing({ instances: lookUp.output("answer") }),
    // @ts-expect-error a number of instances is a number, and a Join text
    processing({ instances: new Join("", [count]) }),
    // @ts-expect-error a number of instances is a number, and the execution's id text
    processing({ instances: executionId }),
  ];
  expect(attempts).toBeDefined();
});

test("a Join makes text of any parameter, and each stands where its own type is wanted", () => {
  const right = processing({
    argument: new Join("", [count]),
    variable: new Join(" ", [rate, flag, where, executionId]),
    instances: count,
  });
  expect(() => render(lookUp, right)).not.toThrow();
});

describe("what no type has held back is refused by its step and place:", () => {
  test.each([
    [
      "an integer in an argument",
      { argument: asText(count) },
      "AppSpecification.ContainerArguments[1]",
      "String",
      "Parameters.Count of type Integer",
    ],
    [
      "a float in a variable, whatever the variable is called",
      { variable: asText(rate) },
      "Environment.InstanceCount",
      "String",
      "Parameters.Rate of type Float",
    ],
    [
      "a boolean in a variable",
      { variable: asText(flag) },
      "Environment.InstanceCount",
      "String",
      "Parameters.Flag of type Boolean",
    ],
    [
      "a number in a variable",
      { variable: asText(3) },
      "Environment.InstanceCount",
      "String",
      "3 of type Integer",
    ],
    [
      "a fraction of an instance",
      { instances: 1.5 },
      "ProcessingResources.ClusterConfig.InstanceCount",
      "Integer",
      "1.5 of type Float",
    ],
    [
      "a float for a number of instances",
      { instances: rate },
      "ProcessingResources.ClusterConfig.InstanceCount",
      "Integer",
      "Parameters.Rate of type Float",
    ],
    [
      "text for a number of instances",
      { instances: where as unknown as number },
      "ProcessingResources.ClusterConfig.InstanceCount",
      "Integer",
      "Parameters.Where of type String",
    ],
    [
      "a Join for a number of instances",
      { instances: new Join("", [count]) as unknown as number },
      "ProcessingResources.ClusterConfig.InstanceCount",
      "Integer",
      "a Join of type String",
    ],
  ] as const)("%s", (_, given: Given, place, wanted, got) => {
    expect(() => render(processing(given))).toThrow(
      `pipeline p: step Prepare: Arguments.${place} must be of type ${wanted}, got: ${got}`,
    );
  });

  test("a number in the message of a step within a condition", () => {
    const stop = new FailStep("Stop", { errorMessage: asText(count) });
    const conditions = [{ type: "Equals", left: count, right: 2 } as const];
    const gate = new ConditionStep("Gate", { conditions, ifSteps: [stop], elseSteps: [] });
    expect(() => render(gate)).toThrow(
      "pipeline p: step Stop: Arguments.ErrorMessage must be of type String, got: Parameters.Count of type Integer",
    );
  });
});

test("what a step gives has the type that it declares, or that SageMaker's description of its job has", () => {
  const step = (Name: string, Arguments: Record<string, string | { Get: string }>) => ({
    Name,
    Type: "Processing",
    Arguments,
  });
  const lambda = {
    Name: "Ask",
    Type: "Lambda",
    Arguments: {},
    OutputParameters: [{ OutputName: "n", OutputType: "Integer" }],
  };
  const given = { Get: "Steps.First.StoppingCondition.MaxRuntimeInSeconds" };
  expect(
    mistypedArguments({
      Parameters: [],
      Steps: [
        lambda,
        step("Second", {
          A: given,
          B: { Get: "Steps.Ask.OutputParameters['n']" },
          C: { Get: "Steps.First.RoleArn" },
        }),
      ],
    }),
  ).toEqual([
    "step Second: Arguments.A must be of type String, got: Steps.First.StoppingCondition.MaxRuntimeInSeconds of type Integer",
    "step Second: Arguments.B must be of type String, got: Steps.Ask.OutputParameters['n'] of type Integer",
  ]);
});
