import type { Estate, WorkloadEnvironment } from "../config/schema";
import type { RenderedPipeline } from "../pipelines/definition";
import type { ModelDefinition } from "../pipelines/model";
import { pipelinesIn } from "./model-pipelines";
import { upstreamOf } from "./topology";

/** A pipeline that registers versions of a model. */
export interface Training {
  readonly model: ModelDefinition;
  readonly pipeline: RenderedPipeline;
}

/**
 * What trains models in the account where their way begins: it promotes to another one, and none that promotes to it trains them, too.
 * Versions that other accounts train are those of schedules and of people.
 */
export const trainedFirstIn = (
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Training[] =>
  workload.promotesTo === undefined
    ? []
    : models
        .filter((model) =>
          upstreamOf(estate, workload).every((source) => trainingsOf(estate, source, model).length === 0),
        )
        .flatMap((model) => trainingsOf(estate, workload, model));

const trainingsOf = (estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Training[] =>
  model.name in workload.models
    ? Object.values(pipelinesIn(estate, workload, model))
        .filter((pipeline) => pipeline.stepNames("RegisterModel").length > 0)
        .map((pipeline) => ({ model, pipeline }))
    : [];
