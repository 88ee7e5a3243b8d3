import {
  containerImage,
  executionId,
  FailStep,
  Join,
  LambdaStep,
  ProcessingStep,
  QualityCheckStep,
  RegisterModelStep,
  s3Uri,
  TrainingStep,
  type Parameter,
} from "../definition";
import { expiringPrefixes } from "../../core/retention";
import type { ModelContext, Script } from "../model";
import { trainingInstanceType } from "./instance-types";
import { monitorJob } from "./monitor-job";
import { aucFloor, type TrainParameters } from "./train-parameters";

const container = "/opt/ml/processing";

const processingCluster = (context: ModelContext, parameters: TrainParameters) => ({
  instanceType: parameters.ProcessingInstanceType,
  instanceCount: parameters.ProcessingInstanceCount,
  kmsKeyArn: context.kmsKeyArn,
  volumeKeyArn: context.volumeKeyArn,
});

const codeInput = ({ dataBucket }: ModelContext, { key }: Script) => ({
  name: "code",
  s3Uri: `s3://${dataBucket}/${key}`,
  localPath: `${container}/input/code`,
});

const entryPoint = ({ name }: Script) => ["python3", `${container}/input/code/${name}`];

/** Outputs below the execution's own prefix, so that runs never overwrite each other. */
const runOutput = ({ dataBucket }: ModelContext, prefix: string, name: string) => ({
  localPath: `${container}/${name}`,
  s3Uri: s3Uri(`s3://${dataBucket}/${prefix}`, executionId, name),
});

export function preprocessStep(
  model: string,
  context: ModelContext,
  parameters: TrainParameters,
  script: Script,
) {
  const split = (name: string) => runOutput(context, expiringPrefixes(model).splits.slice(0, -1), name);
  return new ProcessingStep("Mammo-PreProcessing", {
    image: containerImage("scikit-learn", context.region),
    entryPoint: entryPoint(script),
    roleArn: context.executionRoleArn,
    cluster: processingCluster(context, parameters),
    inputs: [
      { name: "data", s3Uri: parameters.InputDataUrl, localPath: `${container}/input/data` },
      codeInput(context, script),
    ],
    outputs: {
      train: split("train"),
      validation: split("validation"),
      test: split("test"),
      baseline: split("baseline"),
    },
  });
}

type PreprocessStep = ReturnType<typeof preprocessStep>;

/** The artifact lies in the registry account's bucket, encrypted with this account's key. */
export function trainStep(context: ModelContext, preprocess: PreprocessStep): TrainingStep {
  return new TrainingStep("Mammo-Train", {
    image: containerImage("xgboost", context.region),
    roleArn: context.executionRoleArn,
    instanceType: trainingInstanceType,
    instanceCount: 1,
    kmsKeyArn: context.kmsKeyArn,
    volumeKeyArn: context.volumeKeyArn,
    outputUri: s3Uri(`${context.artifactsUri}/models`, executionId),
    hyperparameters: {
      objective: "binary:logistic",
      eval_metric: "auc",
      num_round: 50,
      max_depth: 5,
      eta: 0.2,
      gamma: 4,
      min_child_weight: 6,
      subsample: 0.7,
    },
    channels: {
      train: { s3Uri: preprocess.output("train"), contentType: "text/csv" },
      validation: { s3Uri: preprocess.output("validation"), contentType: "text/csv" },
    },
  });
}

export function evaluateStep(
  model: string,
  context: ModelContext,
  parameters: TrainParameters,
  script: Script,
  { preprocess, train }: { readonly preprocess: PreprocessStep; readonly train: TrainingStep },
) {
  return new ProcessingStep("Mammo-Eval", {
    image: containerImage("xgboost", context.region),
    entryPoint: entryPoint(script),
    roleArn: context.executionRoleArn,
    cluster: processingCluster(context, parameters),
    inputs: [
      { name: "model", s3Uri: train.modelArtifacts, localPath: `${container}/model` },
      { name: "test", s3Uri: preprocess.output("test"), localPath: `${container}/test` },
      codeInput(context, script),
    ],
    outputs: { evaluation: runOutput(context, `${model}/train`, "evaluation") },
    propertyFiles: { EvaluationReport: { output: "evaluation", path: "evaluation.json" } },
  });
}

export function baselineStep(context: ModelContext, preprocess: PreprocessStep): QualityCheckStep {
  return new QualityCheckStep("Mammo-DataQualityCheck", {
    ...monitorJob(context),
    datasetUri: preprocess.output("baseline"),
    outputUri: s3Uri(`${context.artifactsUri}/baselines`, executionId),
    skipCheck: true,
    failOnViolation: true,
    registerNewBaseline: true,
  });
}

/** What a version consists of: the execution's own files become copies that nobody overwrites. */
export const sealStep = (context: ModelContext, train: TrainingStep, baseline: QualityCheckStep) =>
  new LambdaStep("Mammo-SealVersion", {
    functionArn: context.sealVersionFunctionArn,
    inputs: {
      execution: executionId,
      model_artifact_uri: train.modelArtifacts,
      s3_baseline_uri_statistics: baseline.calculatedBaseline.statistics,
      s3_baseline_uri_constraints: baseline.calculatedBaseline.constraints,
    },
    outputs: [
      "model_artifact_uri",
      "model_artifact_uri_version",
      "s3_baseline_uri_statistics",
      "s3_baseline_uri_statistics_version",
      "s3_baseline_uri_constraints",
      "s3_baseline_uri_constraints_version",
    ],
  });

type SealStep = ReturnType<typeof sealStep>;

/** The S3 versions of its files are written down with it: the function that takes it for inference compares them. */
export function registerStep(
  context: ModelContext,
  { evaluate, sealed }: { readonly evaluate: ReturnType<typeof evaluateStep>; readonly sealed: SealStep },
): RegisterModelStep {
  const baseline = {
    statistics: sealed.output("s3_baseline_uri_statistics"),
    constraints: sealed.output("s3_baseline_uri_constraints"),
  };
  return new RegisterModelStep("Mammo-RegisterModel", {
    modelPackageGroupArn: context.modelPackageGroupArn,
    image: containerImage("xgboost", context.region),
    modelDataUri: sealed.output("model_artifact_uri"),
    contentTypes: ["text/csv"],
    responseTypes: ["text/csv"],
    inferenceInstances: ["ml.t2.medium", "ml.m5.xlarge"],
    transformInstances: ["ml.m5.xlarge"],
    modelQuality: new Join("/", [evaluate.output("evaluation"), "evaluation.json"]),
    dataQuality: baseline,
    driftCheck: baseline,
    metadata: {
      model_artifact_uri_version: sealed.output("model_artifact_uri_version"),
      s3_baseline_uri_statistics_version: sealed.output("s3_baseline_uri_statistics_version"),
      s3_baseline_uri_constraints_version: sealed.output("s3_baseline_uri_constraints_version"),
    },
  });
}

export const aucFailStep = (threshold: Parameter<number>): FailStep =>
  new FailStep("Mammo-AUCFail", {
    errorMessage: new Join(" ", [
      "Execution failed because the AUC is not above both",
      threshold,
      "and",
      String(aucFloor),
    ]),
  });
