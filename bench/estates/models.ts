import { join } from "node:path";
import { inferencePipeline } from "../../pipelines/mammo-severity/inference-pipeline";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { trainPipeline } from "../../pipelines/mammo-severity/train-pipeline";
import { scriptFile, type ModelDefinition } from "../../pipelines/model";
import { repository } from "../../tools/paths";
import { numbered } from "./numbered";

/** Models like the shipped one, with names, scripts and pipelines of their own. */
export const generatedModels = (count: number): ModelDefinition[] =>
  modelNames(count).map((name) => modelLike(mammoSeverity, name));

export const modelNames = (count: number): string[] => numbered("model", count);

/** A model of another name, alike in all else. */
export function modelLike(shipped: ModelDefinition, name: string): ModelDefinition {
  const script = (file: string) =>
    scriptFile(name, join(repository, "pipelines", shipped.name, "scripts", file));
  const scripts = { preprocess: script("preprocess.py"), evaluate: script("evaluate.py") };
  return {
    ...shipped,
    name,
    modelPackageGroup: `${name}-model-package`,
    alertTopic: `${name}-notification`,
    scripts: Object.values(scripts),
    pipelines: {
      train: (context) => trainPipeline(name, context, scripts),
      inference: (context) => inferencePipeline(name, context),
    },
  };
}
