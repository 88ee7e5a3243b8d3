import type { Estate, WorkloadEnvironment } from "../config/schema";
import type { Pipeline } from "../pipelines/definition";
import { buildPipelines, type ModelDefinition } from "../pipelines/model";
import { modelContext } from "./model-context";
import { settingsOf } from "./topology";

/** A model's pipelines that run in an account, built for it, by short name. */
export const pipelinesIn = (
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): Readonly<Record<string, Pipeline>> =>
  buildPipelines(model, modelContext(estate, workload, model), settingsOf(workload, model).pipelines);
