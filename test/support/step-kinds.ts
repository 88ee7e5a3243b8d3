import {
  booleanParameter,
  CallbackStep,
  ConditionStep,
  containerImage,
  Pipeline,
  ProcessingStep,
  QualityCheckStep,
  stringParameter,
} from "../../pipelines/definition";
import { devContext } from "./mammo-severity";

const data = `s3://${devContext.dataBucket}`;
const { executionRoleArn: roleArn, kmsKeyArn, volumeKeyArn } = devContext;

/** The pipeline of `test/parity/step_kinds.py`: what the definitions offer beyond the two pipelines. */
export function stepKinds(): Pipeline {
  const colour = stringParameter("Colour", "red", ["red", "blue"]);
  const careful = booleanParameter("Careful", true);
  const gate = new ConditionStep("Gate", {
    conditions: [
      {
        type: "Or",
        conditions: [
          { type: "In", query: colour, values: ["red", "blue"] },
          { type: "LessThan", left: 1, right: 2 },
        ],
      },
      { type: "Not", condition: { type: "Equals", left: careful, right: false } },
      { type: "GreaterThanOrEqualTo", left: 2, right: 1 },
      { type: "LessThanOrEqualTo", left: 1, right: 1 },
    ],
    ifSteps: [ask],
    elseSteps: [quality],
    dependsOn: [prepare],
  });
  return new Pipeline({
    ...devContext,
    name: "step-kinds",
    parameters: [colour, careful],
    steps: [prepare, gate],
  });
}

const prepare = new ProcessingStep("Prepare", {
  image: containerImage("scikit-learn", devContext.region),
  entryPoint: ["python3", "/opt/ml/processing/input/code/prepare.py"],
  roleArn,
  cluster: { instanceType: "ml.m5.xlarge", instanceCount: 1, kmsKeyArn, volumeKeyArn },
  inputs: [
    {
      name: "code",
      s3Uri: `${data}/mammo-severity/scripts/HASH/prepare.py`,
      localPath: "/opt/ml/processing/input/code",
    },
  ],
  outputs: { clean: { localPath: "/opt/ml/processing/clean", s3Uri: `${data}/clean` } },
  cache: { enabled: true, expireAfter: "P30D" },
  retryPolicies: [
    { exceptionTypes: ["Step.THROTTLING"], intervalSeconds: 5, backoffRate: 2, maxAttempts: 3 },
  ],
});

const ask = new CallbackStep("Ask", {
  queueUrl: "https://sqs.us-east-1.amazonaws.com/111111111111/questions",
  inputs: { question: "go on?" },
  outputs: ["answer"],
  displayName: "Ask somebody",
  description: "Waits for an answer",
});

const quality = new QualityCheckStep("Quality", {
  check: {
    type: "MODEL_QUALITY",
    problemType: "BinaryClassification",
    inferenceAttribute: "_c0",
    groundTruthAttribute: "_c1",
  },
  image: containerImage("model-monitor", devContext.region),
  roleArn,
  cluster: { instanceType: "ml.c5.xlarge", instanceCount: 1, volumeSizeInGB: 120, kmsKeyArn, volumeKeyArn },
  datasetUri: `${data}/predictions.csv`,
  outputUri: `${data}/quality`,
  skipCheck: false,
  failOnViolation: true,
  registerNewBaseline: false,
});
