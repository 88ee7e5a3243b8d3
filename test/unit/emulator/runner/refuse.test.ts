import { parseDefinition } from "../../../../emulator/runner/definition/parse";
import { refuseUnsupported } from "../../../../emulator/runner/steps/refuse";
import { stepKinds } from "../../../../emulator/runner/steps";
import { kinds } from "../../../../emulator/runner/steps/supported";
import type { FunctionCode } from "../../../../emulator/runner/control-plane";
import { text } from "./definitions";

const get = (Get: string) => ({ Get });
const functions: Readonly<Record<string, string>> = { python: "python3.12", node: "nodejs22.x" };
const controlPlane = {
  functionCode: (arn: string) =>
    functions[arn]
      ? Promise.resolve({ runtime: functions[arn] } as FunctionCode)
      : Promise.reject(new Error("There is no such function")),
};

const Parameters = ["Kind", "Image"].map((Name) => ({ Name, Type: "String" }));
const refuse = (Steps: readonly object[], parameters: Readonly<Record<string, string>> = {}) =>
  refuseUnsupported(
    parseDefinition(text({ Parameters, Steps })),
    new Map(Object.entries(parameters)),
    controlPlane,
  );

const lambda = (FunctionArn: string) => ({ Name: `Ask-${FunctionArn}`, Type: "Lambda", FunctionArn });
const model = (Image: unknown) => ({
  Name: "Serve",
  Type: "Model",
  Arguments: { PrimaryContainer: { Image } },
});
const score = {
  Name: "Score",
  Type: "Transform",
  Arguments: {
    ModelName: get("Steps.Serve.ModelName"),
    TransformInput: { CompressionType: get("Parameters.Kind") },
  },
};
const xgboost = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5";

test("the runner has a way to run each kind of step that local AWS takes, and no other", () => {
  expect(Object.keys(stepKinds).toSorted()).toEqual(kinds);
});

test("a function of another language is refused before anything runs, one that is not there yet is not", async () => {
  await expect(refuse([lambda("python"), lambda("node"), lambda("later")])).rejects.toThrow(
    /^Step Ask-python calls python of python3.12; the runner runs Node.js functions$/,
  );
  await expect(refuse([lambda("node"), lambda("later")])).resolves.toBeUndefined();
});

test("an argument that a parameter brings is refused by its value", async () => {
  const steps = [model(xgboost), score];
  await expect(refuse(steps, { Kind: "Snappy" })).rejects.toThrow(
    'Step Score: TransformInput.CompressionType must be None or Gzip for the runner, got: "Snappy"',
  );
  await expect(refuse(steps, { Kind: "None" })).resolves.toBeUndefined();
});

test("a batch that a model of the pipeline cannot score here is refused before that model is trained", async () => {
  const steps = [model(get("Parameters.Image")), score];
  await expect(
    refuse(steps, { Kind: "None", Image: "1.dkr.ecr.us-east-1.amazonaws.com/own:1" }),
  ).rejects.toThrow(
    "Step Score scores with the image 1.dkr.ecr.us-east-1.amazonaws.com/own:1, whose program the runner does not have",
  );
  await expect(refuse(steps, { Kind: "None", Image: xgboost })).resolves.toBeUndefined();
});

test("an algorithm of AWS's scores text/csv here; a model with a script reads what its script reads", async () => {
  const json = {
    ...score,
    Arguments: { ...score.Arguments, TransformOutput: { Accept: "application/json" } },
  };
  await expect(refuse([model(xgboost), json], { Kind: "None" })).rejects.toThrow(
    `Step Score scores with ${xgboost}, which reads and writes text/csv here, got: application/json`,
  );
  const container = { Image: xgboost, Environment: { SAGEMAKER_PROGRAM: "inference.py" } };
  const scripted = { ...model(xgboost), Arguments: { PrimaryContainer: container } };
  await expect(refuse([scripted, json], { Kind: "None" })).resolves.toBeUndefined();
});
