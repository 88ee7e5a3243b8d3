import { join } from "node:path";
import { scriptFile, type ModelDefinition } from "../model";
import { inferencePipeline } from "./inference-pipeline";
import { trainPipeline } from "./train-pipeline";

const name = "mammo-severity";

const scripts = {
  preprocess: scriptFile(name, join(__dirname, "scripts/preprocess.py")),
  evaluate: scriptFile(name, join(__dirname, "scripts/evaluate.py")),
};

/** Severity (benign or malignant) of a mammographic mass, by XGBoost. */
export const mammoSeverity: ModelDefinition = {
  name,
  modelPackageGroup: "mammo-severity-model-package",
  alertTopic: "mammography-model-notification",
  scripts: Object.values(scripts),
  dataSets: {
    script: join(__dirname, "scripts/prepare_data.py"),
    trainingPrefix: `${name}/data/train-dataset/`,
    training: { first: "mammo-train-dataset-part1.csv", later: "mammo-train-dataset-part2.csv" },
    batchPrefix: `${name}/data/batch-dataset/`,
    batch: { clean: "mammo-batch-dataset.csv", drifted: "mammo-batch-dataset-outliers.csv" },
    batchParameter: "transform_input",
  },
  pipelines: (context) => ({
    train: trainPipeline(name, context, scripts),
    inference: inferencePipeline(name, context),
  }),
};
