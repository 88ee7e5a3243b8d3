import type { Estate, WorkloadEnvironment } from "../config/schema";
import type { RenderedPipeline } from "../pipelines/definition";
import { buildPipelines, type ModelDefinition } from "../pipelines/model";
import { modelContext } from "./model-context";
import { runsIn, settingsOf, workloadsOf } from "./topology";

type Pipelines = Readonly<Record<string, RenderedPipeline>>;

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

function build(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Pipelines {
  const here = (account: WorkloadEnvironment) => modelContext(estate, account, model);
  model.prepare?.(accountsOf(estate, model).map(here));
  return buildPipelines(model, here(workload), settingsOf(workload, model).pipelines);
}

/** The accounts in which pipelines of a model run. */
const accountsOf = (estate: Estate, model: ModelDefinition): WorkloadEnvironment[] =>
  workloadsOf(estate).filter((workload) => model.name in workload.models && runsIn(workload, model));
