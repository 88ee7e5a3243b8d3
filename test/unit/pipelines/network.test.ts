import {
  containerImage,
  ModelStep,
  Pipeline,
  ProcessingStep,
  TrainingStep,
  type Step,
} from "../../../pipelines/definition";
import { devContext } from "../../support/mammo-severity";

const { executionRoleArn: roleArn, kmsKeyArn, volumeKeyArn } = devContext;
const image = containerImage("xgboost", "us-east-1");
const machines = { instanceType: "ml.m5.large", instanceCount: 1, kmsKeyArn, volumeKeyArn };

interface Wish {
  readonly needsNetwork?: boolean;
}

const kinds: readonly [string, string, (wish: Wish) => Step][] = [
  [
    "processing job",
    "CreateProcessingJob",
    (wish) =>
      new ProcessingStep("S", {
        ...{ image, roleArn, cluster: machines, entryPoint: ["python3"], inputs: [], outputs: {} },
        ...wish,
      }),
  ],
  [
    "training job",
    "CreateTrainingJob",
    (wish) =>
      new TrainingStep("S", {
        ...{ image, roleArn, ...machines, outputUri: "s3://a/b", hyperparameters: {}, channels: {} },
        ...wish,
      }),
  ],
  [
    "model",
    "CreateModel",
    (wish) => new ModelStep("S", { image, roleArn, modelDataUri: "s3://a/model.tar.gz", ...wish }),
  ],
];

const isolationOf = (step: Step): unknown =>
  /"EnableNetworkIsolation":(\w+)/.exec(JSON.stringify(step.toJSON()))?.[1];

const conditionOf = (step: Step, operation: string): unknown =>
  new Pipeline({ ...devContext, name: "p", parameters: [], steps: [step] })
    .permissions()
    .find(({ Action }) => Action.includes(`sagemaker:${operation}`))?.Condition?.Bool?.[
    "sagemaker:NetworkIsolation"
  ];

test.each(kinds)(
  "a %s has no network, and may have one only where its step needs it",
  (_, operation, step) => {
    const said = (wish: Wish) => [isolationOf(step(wish)), conditionOf(step(wish), operation)];
    expect(said({})).toEqual(["true", "true"]);
    expect(said({ needsNetwork: false })).toEqual(["true", "true"]);
    expect(said({ needsNetwork: true })).toEqual(["false", undefined]);
  },
);
