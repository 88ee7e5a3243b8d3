import type { Estate, RegistryEnvironment, WorkloadEnvironment } from "../../config/schema";
import type { ModelDefinition } from "../../pipelines/model";
import { registryOf, upstreamOf, workloadsOf } from "../../stacks/topology";

/** Who plays which part in the drill. */
export interface Cast {
  readonly model: ModelDefinition;
  /** Trains the first version. */
  readonly development: WorkloadEnvironment;
  /** Runs inference on a schedule, and trains again when data drifts. */
  readonly production: WorkloadEnvironment;
  readonly registry: RegistryEnvironment;
}

/**
 * Finds an account with a schedule and retraining for one of the models, and the account that promotes to it (itself
 * where none does).
 */
export function castOf(estate: Estate, models: readonly ModelDefinition[]): Cast | undefined {
  for (const production of workloadsOf(estate)) {
    for (const model of models) {
      const settings = production.models[model.name];
      if (!settings?.inferenceSchedule || !settings.retrainOnDrift) continue;
      const first = upstreamOf(estate, production).find(({ models: own }) => model.name in own);
      return {
        model,
        production,
        development: first ?? production,
        registry: registryOf(estate, production),
      };
    }
  }
  return undefined;
}
