import {
  ConditionStep,
  integerParameter,
  Pipeline,
  ProcessingStep,
  stringParameter,
  TransformStep,
} from "../../../pipelines/definition";
import type { Step, Value } from "../../../pipelines/definition";
import { devContext, mammoSeverity } from "../../support/mammo-severity";

const { kmsKeyArn, volumeKeyArn, executionRoleArn } = devContext;

interface Job {
  readonly type?: Value<string>;
  readonly count?: Value<number>;
  readonly after?: readonly Step[];
}

const processing = (name: string, { type = "ml.m5.large", count = 1, after = [] }: Job = {}) =>
  new ProcessingStep(name, {
    image: "111111111111.dkr.ecr.us-east-1.amazonaws.com/a",
    entryPoint: ["true"],
    roleArn: executionRoleArn,
    cluster: { instanceType: type, instanceCount: count, kmsKeyArn, volumeKeyArn },
    inputs: [],
    outputs: {},
    dependsOn: after,
  });

const transform = (name: string) =>
  new TransformStep(name, {
    modelName: "m",
    instanceType: "ml.m5.large",
    instanceCount: 2,
    inputUri: "s3://b/in",
    outputUri: "s3://b/out",
    contentType: "text/csv",
    kmsKeyArn,
    volumeKeyArn,
  });

const type = stringParameter("Type", "ml.t3.large");
const count = integerParameter("Count", 3);
const machinesOf = (...steps: Step[]) =>
  new Pipeline({ ...devContext, name: "p", parameters: [type, count], steps }).machines();
const large = (number: number) => [{ use: "processing job", instanceType: "ml.m5.large", count: number }];

test("steps that wait for one another use the same machines in turn, however far apart they stand", () => {
  const first = processing("A");
  const second = processing("B", { count: 4, after: [first] });
  expect(machinesOf(first, second, processing("C", { after: [second] }))).toEqual(large(4));
});

test("steps side by side need machines at the same time", () => {
  const [left, right] = [processing("L", { count: 2 }), processing("R")];
  expect(machinesOf(left, right, processing("End", { count: 1, after: [left, right] }))).toEqual(large(3));
});

test("what a condition leads to waits for the condition and for all before it", () => {
  const before = processing("Before", { count: 2 });
  const gate = new ConditionStep("Gate", {
    conditions: [{ type: "Equals", left: 1, right: 1 }],
    ifSteps: [processing("Then")],
    elseSteps: [],
    dependsOn: [before],
  });
  expect(machinesOf(before, gate)).toEqual(large(2));
});

test("each use of a type is counted by itself, and parameters by their defaults", () => {
  expect(machinesOf(processing("P", { type, count }), processing("Q"), transform("T"))).toEqual([
    { use: "processing job", instanceType: "ml.t3.large", count: 3 },
    { use: "processing job", instanceType: "ml.m5.large", count: 1 },
    { use: "transform job", instanceType: "ml.m5.large", count: 2 },
  ]);
});

test("the shipped pipelines process on a type that a new account may run", () => {
  const { train, inference } = mammoSeverity();
  expect(train.machines()).toEqual([
    { use: "processing job", instanceType: "ml.t3.large", count: 1 },
    { use: "training job", instanceType: "ml.m5.xlarge", count: 1 },
  ]);
  expect(inference.machines()).toEqual([
    { use: "processing job", instanceType: "ml.t3.large", count: 1 },
    { use: "transform job", instanceType: "ml.m5.xlarge", count: 1 },
  ]);
});
