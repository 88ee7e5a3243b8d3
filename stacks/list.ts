import type {
  CiEnvironment,
  Environment,
  Estate,
  RegistryEnvironment,
  WorkloadEnvironment,
} from "../config/schema";
import type { ModelDefinition } from "../pipelines/model";

/** One stack of the estate: its id, what kind it is, and the account it is in. */
export type StackDescription =
  | { readonly id: string; readonly kind: "state"; readonly environment: Environment }
  | { readonly id: string; readonly kind: "registry"; readonly environment: RegistryEnvironment }
  | { readonly id: string; readonly kind: "ci"; readonly environment: CiEnvironment }
  | { readonly id: string; readonly kind: "foundation"; readonly environment: WorkloadEnvironment }
  | {
      readonly id: string;
      readonly kind: "model";
      readonly environment: WorkloadEnvironment;
      readonly model: ModelDefinition;
    };

export const stateStackId = (environment: { readonly name: string }): string => `${environment.name}-state`;

export const foundationStackId = (workload: { readonly name: string }): string =>
  `${workload.name}-foundation`;

export const modelStackId = (workload: { readonly name: string }, model: { readonly name: string }): string =>
  `${workload.name}-${model.name}`;

/** Every stack of the estate, account by account. */
export function listStacks(estate: Estate, models: readonly ModelDefinition[]): StackDescription[] {
  return estate.environments.flatMap((environment) => [
    { id: stateStackId(environment), kind: "state" as const, environment },
    ...stacksOfAccount(environment, models),
  ]);
}

function stacksOfAccount(environment: Environment, models: readonly ModelDefinition[]): StackDescription[] {
  switch (environment.kind) {
    case "registry":
      return [{ id: environment.name, kind: "registry", environment }];
    case "ci":
      return [{ id: environment.name, kind: "ci", environment }];
    case "workload":
      return [
        { id: foundationStackId(environment), kind: "foundation", environment },
        ...modelsIn(environment, models).map(
          (model) => ({ id: modelStackId(environment, model), kind: "model", environment, model }) as const,
        ),
      ];
  }
}

/** The models an environment file names. */
export const modelsIn = (
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): ModelDefinition[] => models.filter((model) => model.name in workload.models);
