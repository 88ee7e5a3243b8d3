import {
  ConditionStep,
  containerImage,
  executionId,
  FailStep,
  floatParameter,
  integerParameter,
  Join,
  Pipeline,
  ProcessingStep,
  QualityCheckStep,
  RegisterModelStep,
  s3Uri,
  stringParameter,
  TrainingStep,
  type Parameter,
} from "../definition";
import type { ModelContext, Script } from "../model";

export interface TrainScripts {
  readonly preprocess: Script;
  readonly evaluate: Script;
}

const container = "/opt/ml/processing";

/** Preprocess, train, evaluate, and, where the AUC is good enough, take a baseline and register the version. */
export function trainPipeline(model: string, context: ModelContext, scripts: TrainScripts): Pipeline {
  const parameters = trainParameters(model, context);
  const preprocess = preprocessStep(model, context, parameters, scripts.preprocess);
  const train = trainStep(model, context, preprocess);
  const evaluate = evaluateStep(model, context, parameters, scripts.evaluate, { preprocess, train });
  const baseline = baselineStep(model, context, preprocess);
  const register = registerStep(context, parameters.ModelApprovalStatus, { train, evaluate, baseline });
  const gate = new ConditionStep("Mammo-CheckAUCScore", {
    conditions: [
      {
        type: "GreaterThan",
        left: evaluate.jsonValue("EvaluationReport", "classification_metrics.auc.value"),
        right: parameters.AucScoreThreshold,
      },
    ],
    ifSteps: [baseline, register],
    elseSteps: [aucFailStep(parameters.AucScoreThreshold)],
  });
  return new Pipeline({
    ...context,
    name: `${model}-train-pipeline`,
    parameters: Object.values(parameters),
    steps: [preprocess, train, evaluate, gate],
  });
}

function trainParameters(model: string, { dataBucket }: ModelContext) {
  return {
    ProcessingInstanceType: stringParameter("ProcessingInstanceType", "ml.m5.xlarge"),
    ProcessingInstanceCount: integerParameter("ProcessingInstanceCount", 1),
    ModelApprovalStatus: stringParameter("ModelApprovalStatus", "PendingManualApproval"),
    InputDataUrl: stringParameter("InputDataUrl", `s3://${dataBucket}/${model}/data/train-dataset/`),
    AucScoreThreshold: floatParameter("AucScoreThreshold", 0.5),
  };
}

type TrainParameters = ReturnType<typeof trainParameters>;

const processingCluster = (context: ModelContext, parameters: TrainParameters) => ({
  instanceType: parameters.ProcessingInstanceType,
  instanceCount: parameters.ProcessingInstanceCount,
  kmsKeyArn: context.kmsKeyArn,
});

const codeInput = ({ dataBucket }: ModelContext, { key }: Script) => ({
  name: "code",
  s3Uri: `s3://${dataBucket}/${key}`,
  localPath: `${container}/input/code`,
});

const entryPoint = ({ name }: Script) => ["python3", `${container}/input/code/${name}`];

/** Outputs below the execution's own prefix, so that runs never overwrite each other. */
const runOutput = (model: string, { dataBucket }: ModelContext, name: string) => ({
  localPath: `${container}/${name}`,
  s3Uri: s3Uri(`s3://${dataBucket}/${model}/train`, executionId, name),
});

function preprocessStep(model: string, context: ModelContext, parameters: TrainParameters, script: Script) {
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
      train: runOutput(model, context, "train"),
      validation: runOutput(model, context, "validation"),
      test: runOutput(model, context, "test"),
      baseline: runOutput(model, context, "baseline"),
    },
  });
}

type PreprocessStep = ReturnType<typeof preprocessStep>;

/** The artifact lies in the registry account's bucket, encrypted with this account's key. */
function trainStep(model: string, context: ModelContext, preprocess: PreprocessStep): TrainingStep {
  return new TrainingStep("Mammo-Train", {
    image: containerImage("xgboost", context.region),
    roleArn: context.executionRoleArn,
    instanceType: "ml.m5.xlarge",
    instanceCount: 1,
    kmsKeyArn: context.kmsKeyArn,
    outputUri: s3Uri(`s3://${context.artifactsBucket}/${model}/models`, executionId),
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

function evaluateStep(
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
    outputs: { evaluation: runOutput(model, context, "evaluation") },
    propertyFiles: { EvaluationReport: { output: "evaluation", path: "evaluation.json" } },
  });
}

function baselineStep(model: string, context: ModelContext, preprocess: PreprocessStep): QualityCheckStep {
  return new QualityCheckStep("Mammo-DataQualityCheck", {
    check: { type: "DATA_QUALITY" },
    image: containerImage("model-monitor", context.region),
    roleArn: context.executionRoleArn,
    cluster: { instanceType: "ml.c5.xlarge", instanceCount: 1, volumeSizeInGB: 120, kmsKeyArn: context.kmsKeyArn },
    datasetUri: preprocess.output("baseline"),
    outputUri: s3Uri(`s3://${context.artifactsBucket}/${model}/baselines`, executionId),
    skipCheck: true,
    failOnViolation: true,
    registerNewBaseline: true,
    modelPackageGroupArn: context.modelPackageGroupArn,
  });
}

function registerStep(
  context: ModelContext,
  approvalStatus: Parameter<string>,
  {
    train,
    evaluate,
    baseline,
  }: {
    readonly train: TrainingStep;
    readonly evaluate: ReturnType<typeof evaluateStep>;
    readonly baseline: QualityCheckStep;
  },
): RegisterModelStep {
  return new RegisterModelStep("Mammo-RegisterModel", {
    modelPackageGroupArn: context.modelPackageGroupArn,
    image: containerImage("xgboost", context.region),
    modelDataUri: train.modelArtifacts,
    approvalStatus,
    contentTypes: ["text/csv"],
    responseTypes: ["text/csv"],
    inferenceInstances: ["ml.t2.medium", "ml.m5.xlarge"],
    transformInstances: ["ml.m5.xlarge"],
    modelQuality: new Join("/", [evaluate.output("evaluation"), "evaluation.json"]),
    dataQuality: baseline.calculatedBaseline,
    driftCheck: baseline.baselineUsedForDriftCheck,
  });
}

const aucFailStep = (threshold: Parameter<number>): FailStep =>
  new FailStep("Mammo-AUCFail", {
    errorMessage: new Join(" ", ["Execution failed because the AUC is not above", threshold]),
  });
