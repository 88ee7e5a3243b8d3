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
  pipelines: (context) => ({
    train: trainPipeline(name, context, scripts),
    inference: inferencePipeline(name, context),
  }),
};
