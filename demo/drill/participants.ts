import type { Estate, RegistryEnvironment, WorkloadEnvironment } from "../../config/schema";
import { enabledTriggers, hasDemo, type DemoModel, type ModelDefinition } from "../../pipelines/model";
import { pipelinesIn } from "../../stacks/model-pipelines";
import { registryOf, upstreamOf, workloadsOf } from "../../stacks/topology";

/** Who plays which part in the drill. */
export interface Participants {
  readonly model: DemoModel;
  /** Trains the first version. */
  readonly development: WorkloadEnvironment;
  /** Runs inference on a schedule, and trains again when data drifts. */
  readonly production: WorkloadEnvironment;
  readonly registry: RegistryEnvironment;
}

/**
 * Finds an account with both triggers of a model's demo switched on, and the account that trains and promotes to it
 * (itself where none does).
 */
export function findParticipants(
  estate: Estate,
  models: readonly ModelDefinition[],
): Participants | undefined {
  for (const production of workloadsOf(estate)) {
    for (const model of models.filter(hasDemo)) {
      const enabled = new Map(enabledTriggers(model.triggers, production.models[model.name] ?? {}));
      if (!triggersOf(model).every((name) => enabled.has(name))) continue;
      const first = upstreamOf(estate, production).find((each) => trains(estate, each, model));
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

/** Why there is no participants, for people. */
export function whyNoParticipants(models: readonly ModelDefinition[]): string {
  const needs = models.filter(hasDemo).map((model) => {
    const settings = triggersOf(model).map((name) => model.triggers[name]?.setting ?? name);
    return `${model.name} (${settings.join(", ")})`;
  });
  return needs.length === 0
    ? "No model has a demo"
    : `No account runs a model with all that its demo needs: ${needs.join("; ")}`;
}

const triggersOf = ({ demo }: DemoModel): string[] => [demo.scheduled, demo.retraining];

const trains = (estate: Estate, workload: WorkloadEnvironment, model: DemoModel): boolean =>
  model.name in workload.models && model.demo.train in pipelinesIn(estate, workload, model);
