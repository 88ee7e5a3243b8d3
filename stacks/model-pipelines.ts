import type { Estate, WorkloadEnvironment } from "../config/schema";
import type { Pipeline } from "../pipelines/definition";
import { buildPipelines, type ModelDefinition } from "../pipelines/model";
import { modelContext } from "./model-context";
import { settingsOf } from "./topology";

type Pipelines = Readonly<Record<string, Pipeline>>;

/** A foundation's policies and a model's stack ask for the same pipelines. */
const built = new WeakMap<WorkloadEnvironment, Map<ModelDefinition, Pipelines>>();

/** A model's pipelines that run in an account, built for it, by short name. */
export function pipelinesIn(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): Pipelines {
  const ofWorkload = built.get(workload) ?? new Map<ModelDefinition, Pipelines>();
  built.set(workload, ofWorkload);
  const pipelines = ofWorkload.get(model) ?? build(estate, workload, model);
  ofWorkload.set(model, pipelines);
  return pipelines;
}

const build = (estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Pipelines =>
  buildPipelines(model, modelContext(estate, workload, model), settingsOf(workload, model).pipelines);
