import type { ModelDefinition } from "../pipelines/model";
import { inOrderOfPromotion } from "../stacks/topology";
import { findWorkflow } from "./drill/workflow/participants";
import { withMoreSettings, type EstateFiles } from "./more-settings";

/** Everything from a commit to an API, with a day for an answer. */
const settings = {
  container: { repository: "example/models", startsWorkflow: "pushed" },
  workflow: { answerHours: 24 },
  api: {},
};

/** Nothing and nobody there for a workflow. */
export class NoWorkflowError extends Error {}

/**
 * An estate with a workflow in the account where the way of models begins. One that has such a way already is as it is.
 * @param copies gets its files, where they are not those that were given
 * @throws NoWorkflowError where no model has a workflow, or no account is a workload
 */
export function withWorkflow(
  { estate, environments }: EstateFiles,
  models: readonly ModelDefinition[],
  copies: string,
): EstateFiles {
  if (findWorkflow(estate, models)) return { estate, environments };
  const model = models.find(({ workflow }) => workflow !== undefined);
  const [first] = inOrderOfPromotion(estate);
  if (!model || !first)
    throw new NoWorkflowError("--workflow needs a model with a workflow, and an account that trains");
  return withMoreSettings(environments, models, copies, [
    { environment: first.name, model: model.name, settings },
  ]);
}
