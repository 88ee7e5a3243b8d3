import type { Estate, WorkloadEnvironment } from "../config/schema";
import type { Pipeline } from "../pipelines/definition";
import { buildPipelines, type ModelDefinition } from "../pipelines/model";
import { modelContext } from "./model-context";
import { settingsOf } from "./topology";

type Pipelines = Readonly<Record<string, Pipeline>>;

/** A foundation's policies and a model's stack ask for the same pipelines; both estate and account decide what they are. */
const built = new WeakMap<Estate, Map<WorkloadEnvironment, Map<ModelDefinition, Pipelines>>>();

/** A model's pipelines that run in an account, built for it, by short name. */
export function pipelinesIn(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): Pipelines {
  const ofEstate = built.get(estate) ?? new Map<WorkloadEnvironment, Map<ModelDefinition, Pipelines>>();
  const ofWorkload = ofEstate.get(workload) ?? new Map<ModelDefinition, Pipelines>();
  const pipelines = ofWorkload.get(model) ?? build(estate, workload, model);
  built.set(estate, ofEstate.set(workload, ofWorkload.set(model, pipelines)));
  return pipelines;
}

const build = (estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Pipelines =>
  buildPipelines(model, modelContext(estate, workload, model), settingsOf(workload, model).pipelines);
