import type { Estate, ModelSettings, RegistryEnvironment } from "../../../config/schema";
import type { ModelDefinition } from "../../../pipelines/model";
import { usersOf } from "../../topology";

/** Whether versions of a model are registered or used by it: a workflow registers none. */
export const hasVersions = (settings: ModelSettings | undefined): boolean =>
  settings !== undefined && (settings.pipelines?.length !== 0 || settings.endpoint !== undefined);

/** The model package groups of models that run or serve somewhere. */
export const packageGroupsOf = (
  estate: Estate,
  registry: RegistryEnvironment,
  models: readonly ModelDefinition[],
): string[] => groupsWhere(estate, registry, models, hasVersions);

/** The model package groups of models that something serves: their versions are released. */
export const servedGroupsOf = (
  estate: Estate,
  registry: RegistryEnvironment,
  models: readonly ModelDefinition[],
): string[] => groupsWhere(estate, registry, models, (settings) => settings?.endpoint !== undefined);

const groupsWhere = (
  estate: Estate,
  registry: RegistryEnvironment,
  models: readonly ModelDefinition[],
  holds: (settings: ModelSettings | undefined) => boolean,
): string[] => [
  ...new Set(
    models
      .filter(({ name }) => usersOf(estate, registry).some(({ models: used }) => holds(used[name])))
      .map(({ modelPackageGroup }) => modelPackageGroup),
  ),
];
