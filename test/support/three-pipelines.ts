import {
  ConditionStep,
  containerImage,
  executionId,
  FailStep,
  integerParameter,
  Pipeline,
  ProcessingStep,
  s3Uri,
  TrainingStep,
} from "../../pipelines/definition";
import { defineModel, type ModelContext } from "../../pipelines/model";

const name = "three-pipelines";
const container = "/opt/ml/processing";
const rowsIn = ({ dataBucket }: ModelContext) => `s3://${dataBucket}/${name}/rows`;

/** A model unlike the shipped one: three pipelines, triggers of its own, no scripts, no demo. */
export const threePipelines = defineModel({
  name,
  modelPackageGroup: "three-pipelines-model-package",
  alertTopic: "three-pipelines-notification",
  scripts: [],
  pipelines: { prepare: preparePipeline, train: trainPipeline, evaluate: evaluatePipeline },
  triggers: {
    nightly: {
      on: "schedule",
      start: "prepare",
      description: "Prepares rows on a schedule",
      setting: "prepareSchedule",
      settingDescription: "When rows are prepared, in UTC. Default: only by hand.",
    },
    "retrain-when-refused": {
      on: "step failure",
      of: "evaluate",
      steps: "Fail",
      start: "train",
      description: "Trains when an evaluation refuses the rows",
      setting: "retrainWhenRefused",
      settingDescription: "Whether training starts when an evaluation refuses the rows. Default: false.",
    },
  },
});

/** Writes forty rows of a label and a feature. */
function preparePipeline(context: ModelContext): Pipeline {
  const rows = 'i=0; while [ $i -lt 40 ]; do echo "$((i > 19)),$i"; i=$((i + 1)); done';
  const prepare = new ProcessingStep("Prepare", {
    ...shell(context, `(${rows}) > ${container}/rows/rows.csv`),
    inputs: [],
    outputs: { rows: { localPath: `${container}/rows`, s3Uri: rowsIn(context) } },
  });
  return new Pipeline({ ...context, name: `${name}-prepare`, parameters: [], steps: [prepare] });
}

function trainPipeline(context: ModelContext): Pipeline {
  const rows = { s3Uri: rowsIn(context), contentType: "text/csv" };
  const train = new TrainingStep("Train", {
    image: containerImage("xgboost", context.region),
    roleArn: context.executionRoleArn,
    instanceType: "ml.m5.xlarge",
    instanceCount: 1,
    kmsKeyArn: context.kmsKeyArn,
    volumeKeyArn: context.volumeKeyArn,
    outputUri: s3Uri(`${context.artifactsUri}/models`, executionId),
    hyperparameters: { objective: "binary:logistic", num_round: 2 },
    channels: { train: rows, validation: rows },
  });
  return new Pipeline({ ...context, name: `${name}-train`, parameters: [], steps: [train] });
}

/** Counts the rows, and fails where they are too few. */
function evaluatePipeline(context: ModelContext): Pipeline {
  const least = integerParameter("LeastRows", 10);
  const reports = s3Uri(`s3://${context.dataBucket}/${name}/reports`, executionId);
  const counted = `echo "{\\"rows\\": $(cat ${container}/rows/* | wc -l)}"`;
  const count = new ProcessingStep("Count", {
    ...shell(context, `${counted} > ${container}/report/report.json`),
    inputs: [{ name: "rows", s3Uri: rowsIn(context), localPath: `${container}/rows` }],
    outputs: { report: { localPath: `${container}/report`, s3Uri: reports } },
    propertyFiles: { Report: { output: "report", path: "report.json" } },
  });
  const gate = new ConditionStep("EnoughRows", {
    conditions: [{ type: "GreaterThanOrEqualTo", left: count.jsonValue("Report", "rows"), right: least }],
    ifSteps: [],
    elseSteps: [new FailStep("TooFewRows", { errorMessage: "There are too few rows" })],
  });
  return new Pipeline({ ...context, name: `${name}-evaluate`, parameters: [least], steps: [count, gate] });
}

/** What a processing step needs to run shell commands. */
const shell = ({ region, executionRoleArn, kmsKeyArn, volumeKeyArn }: ModelContext, commands: string) => ({
  image: containerImage("scikit-learn", region),
  entryPoint: ["sh", "-c"],
  containerArguments: [commands],
  roleArn: executionRoleArn,
  cluster: { instanceType: "ml.m5.xlarge", instanceCount: 1, kmsKeyArn, volumeKeyArn },
});
