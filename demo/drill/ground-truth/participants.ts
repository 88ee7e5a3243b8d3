import type { Estate, RegistryEnvironment, WorkloadEnvironment } from "../../../config/schema";
import {
  dataSetsOf,
  enabledTriggers,
  type DataSets,
  type GroundTruth,
  type ModelDefinition,
} from "../../../pipelines/model";
import { inOrderOfPromotion, registryOf, upstreamOf } from "../../../stacks/topology";
import { sample } from "./sample";

/** Who plays which part where ground truth arrives. */
export interface GroundTruthParticipants {
  readonly model: ModelDefinition;
  readonly dataSets: DataSets;
  readonly groundTruth: GroundTruth;
  /** Trains the first version. */
  readonly development: WorkloadEnvironment;
  /** Predicts, compares predictions with the truth, and trains again where they are worse. */
  readonly production: WorkloadEnvironment;
  readonly registry: RegistryEnvironment;
}

/** @returns undefined where no account has all triggers of the sample in Python switched on */
export function findGroundTruth(
  estate: Estate,
  models: readonly ModelDefinition[],
): GroundTruthParticipants | undefined {
  const model = models.find(({ name }) => name === sample.model);
  const dataSets = model && dataSetsOf(model);
  if (!model?.groundTruth || !dataSets) return undefined;
  const inOrder = inOrderOfPromotion(estate);
  const production = inOrder.find((each) => watches(each, model));
  if (!production) return undefined;
  const sources = upstreamOf(estate, production).filter((each) => trains(each, model));
  const development = inOrder.find((each) => sources.includes(each)) ?? production;
  const registry = registryOf(estate, production);
  return { model, dataSets, groundTruth: model.groundTruth, development, production, registry };
}

function watches({ models }: WorkloadEnvironment, { name, triggers }: ModelDefinition): boolean {
  const enabled = new Map(enabledTriggers(triggers, models[name] ?? {}));
  return Object.values(sample.triggers).every((trigger) => enabled.has(trigger));
}

/** Whether a model is trained in an account: every pipeline runs unless its settings name some. */
const trains = (workload: WorkloadEnvironment, model: ModelDefinition): boolean =>
  model.name in workload.models && (workload.models[model.name]?.pipelines?.includes("train") ?? true);
