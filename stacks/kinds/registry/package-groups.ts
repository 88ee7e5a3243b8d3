import type { Estate, RegistryEnvironment } from "../../../config/schema";
import type { ModelDefinition } from "../../../pipelines/model";
import { usersOf } from "../../topology";

/** The model package groups of models that run somewhere. */
export const packageGroupsOf = (
  estate: Estate,
  registry: RegistryEnvironment,
  models: readonly ModelDefinition[],
): string[] => [
  ...new Set(
    models
      .filter(({ name }) => usersOf(estate, registry).some((workload) => name in workload.models))
      .map(({ modelPackageGroup }) => modelPackageGroup),
  ),
];
