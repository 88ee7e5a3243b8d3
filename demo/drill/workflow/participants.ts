import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import type { ModelDefinition } from "../../../pipelines/model";
import { workloadsOf } from "../../../stacks/topology";

/** A model whose way from a commit to an API an account has in whole. */
export interface WorkflowParticipants {
  readonly model: ModelDefinition;
  readonly environment: WorkloadEnvironment;
}

/** Settings that make the whole way: an image of each commit, which starts the workflow, and an API that asks what it lets serve. */
const needed = ["container", "workflow", "api"];

/** @returns undefined where no account has all of it */
export function findWorkflow(
  estate: Estate,
  models: readonly ModelDefinition[],
): WorkflowParticipants | undefined {
  for (const environment of workloadsOf(estate))
    for (const model of models) {
      const settings: Readonly<Record<string, unknown>> = environment.models[model.name] ?? {};
      if (needed.every((key) => settings[key] !== undefined) && startsWorkflow(settings.container))
        return { model, environment };
    }
  return undefined;
}

const startsWorkflow = (container: unknown): boolean =>
  typeof container === "object" && container !== null && "startsWorkflow" in container;
