import type { Estate } from "../../config/schema";
import type { ModelDefinition } from "../../pipelines/model";
import { pipelinesIn } from "../../stacks/model-pipelines";
import { inOrderOfPromotion } from "../../stacks/topology";
import { findWorkload } from "../estate/find";
import type { Files } from "../init/files";
import { environmentText, estateWith, withValue, writingOf, type Writing } from "./environment-files";

/** The workload that the way of models begins at: models run there first. */
export const firstWorkload = (estate: Estate): string[] =>
  inOrderOfPromotion(estate)
    .slice(0, 1)
    .map(({ name }) => name);

/**
 * The environment files with a model's name under `models` of some environments, once its pipelines have been built there.
 * @param others the models there are; one of the same name is replaced
 * @throws UsageError for an environment that runs no models; ConfigurationError or ModelError for what would be wrong
 */
export function withModelIn(
  { directory, estate }: { readonly directory: string; readonly estate: Estate },
  environments: readonly string[],
  model: ModelDefinition,
  others: readonly ModelDefinition[],
): Writing {
  const known = [...others.filter(({ name }) => name !== model.name), model].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  const lacking = environments.filter((name) => !(model.name in findWorkload(estate, name).models));
  const files: Files = new Map(
    lacking.map((name) => [
      `${name}.json`,
      withValue(environmentText(directory, name), ["models", model.name], {}),
    ]),
  );
  const after = estateWith(directory, files, known);
  for (const name of environments)
    for (const pipeline of Object.values(pipelinesIn(after, findWorkload(after, name), model)))
      pipeline.render();
  return writingOf(directory, files, known);
}
