import { join } from "node:path";
import { defineModel, scriptFile } from "../model";
import { inferencePipeline } from "./inference-pipeline";
import { trainPipeline } from "./train-pipeline";

const name = "mammo-severity";

const scripts = {
  preprocess: scriptFile(name, join(__dirname, "scripts/preprocess.py")),
  evaluate: scriptFile(name, join(__dirname, "scripts/evaluate.py")),
};

/** Severity (benign or malignant) of a mammographic mass, by XGBoost. */
export const mammoSeverity = defineModel({
  name,
  modelPackageGroup: "mammo-severity-model-package",
  alertTopic: "mammography-model-notification",
  scripts: Object.values(scripts),
  pipelines: {
    train: (context) => trainPipeline(name, context, scripts),
    inference: (context) => inferencePipeline(name, context),
  },
  triggers: {
    "inference-schedule": {
      on: "schedule",
      start: "inference",
      description: `Runs batch inference of ${name} on a schedule`,
      setting: "inferenceSchedule",
      settingDescription:
        "When batch inference runs, in UTC: an EventBridge cron(...) or rate(...) expression. Default: only by hand.",
    },
    "drift-retraining": {
      on: "step failure",
      of: "inference",
      steps: "QualityCheck",
      start: "train",
      description: `Retrains ${name} when inference data has drifted`,
      setting: "retrainOnDrift",
      settingDescription:
        "Whether training starts when an inference run finds that the data has drifted. Default: false.",
    },
  },
  demo: {
    dataSets: {
      script: join(__dirname, "scripts/prepare_data.py"),
      trainingPrefix: `${name}/data/train-dataset/`,
      training: { first: "mammo-train-dataset-part1.csv", later: "mammo-train-dataset-part2.csv" },
      batchPrefix: `${name}/data/batch-dataset/`,
      batch: { clean: "mammo-batch-dataset.csv", drifted: "mammo-batch-dataset-outliers.csv" },
    },
    train: "train",
    inference: "inference",
    batchParameter: "transform_input",
    scheduled: "inference-schedule",
    retraining: "drift-retraining",
  },
});
