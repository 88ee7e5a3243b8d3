import { ConditionStep, Pipeline } from "../definition";
import type { ModelContext, Script } from "../model";
import { aucFloor, trainParameters } from "./train-parameters";
import {
  aucFailStep,
  baselineStep,
  evaluateStep,
  preprocessStep,
  registerStep,
  sealStep,
  trainStep,
} from "./train-steps";

export interface TrainScripts {
  readonly preprocess: Script;
  readonly evaluate: Script;
}

/** Preprocess, train, evaluate, and, where the AUC is good enough, take a baseline, keep both and register the version. */
export function trainPipeline(model: string, context: ModelContext, scripts: TrainScripts): Pipeline {
  const parameters = trainParameters(model, context);
  const preprocess = preprocessStep(model, context, parameters, scripts.preprocess);
  const train = trainStep(context, preprocess);
  const evaluate = evaluateStep(model, context, parameters, scripts.evaluate, { preprocess, train });
  const baseline = baselineStep(context, preprocess);
  const sealed = sealStep(context, train, baseline);
  const register = registerStep(context, { evaluate, sealed });
  const auc = evaluate.jsonValue("EvaluationReport", "classification_metrics.auc.value");
  const gate = new ConditionStep("Mammo-CheckAUCScore", {
    conditions: [parameters.AucScoreThreshold, aucFloor].map((right) => ({
      type: "GreaterThan",
      left: auc,
      right,
    })),
    ifSteps: [baseline, sealed, register],
    elseSteps: [aucFailStep(parameters.AucScoreThreshold)],
  });
  return new Pipeline({
    ...context,
    name: `${model}-train-pipeline`,
    parameters: Object.values(parameters),
    steps: [preprocess, train, evaluate, gate],
  });
}
