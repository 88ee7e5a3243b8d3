import type { Environment, Estate, RegistryEnvironment, WorkloadEnvironment } from "../../config/schema";
import { didYouMean } from "../../config/suggest";
import { models } from "../../pipelines";
import type { ModelDefinition } from "../../pipelines/model";
import { isWorkload, modelsIn, registryOf, workloadsOf } from "../../stacks/topology";
import { UsageError } from "../errors";

/** @throws UsageError where there is none, with what there is */
export function findEnvironment(estate: Estate, name: string): Environment {
  const names = estate.environments.map((environment) => environment.name);
  return (
    estate.environments.find((environment) => environment.name === name) ??
    refuse(`There is no environment "${name}"${hint(name, names)}`)
  );
}

/** @throws UsageError where there is none, with those there are */
export function findWorkload(estate: Estate, name: string): WorkloadEnvironment {
  const environment = findEnvironment(estate, name);
  const names = workloadsOf(estate).map((workload) => workload.name);
  return isWorkload(environment)
    ? environment
    : refuse(
        `Environment ${name} (kind ${environment.kind}) runs no pipelines; these do: ${names.join(", ")}`,
      );
}

/** The registry that an environment's models are in, or that it is. @throws UsageError where it has none */
export function findRegistry(estate: Estate, name: string): RegistryEnvironment {
  const environment = findEnvironment(estate, name);
  if (environment.kind === "registry") return environment;
  return registryOf(estate, findWorkload(estate, name));
}

/** @throws UsageError for an account that no environment file describes */
export function environmentOfAccount(estate: Estate, account: string): Environment {
  return (
    estate.environments.find((environment) => environment.account === account) ??
    refuse(`Account ${account} is in no environment file; these are: ${accounts(estate)}`)
  );
}

const accounts = (estate: Estate): string =>
  estate.environments.map(({ name, account }) => `${account} (${name})`).join(", ");

/** @throws UsageError where there is none, with those there are */
export function findModel(name: string): ModelDefinition {
  const names = models.map((model) => model.name);
  return (
    models.find((model) => model.name === name) ?? refuse(`There is no model "${name}"${hint(name, names)}`)
  );
}

/** The models a workload runs. */
export const modelsOf = (workload: WorkloadEnvironment): readonly ModelDefinition[] =>
  modelsIn(workload, models);

/** ` (did you mean "…"?)`, else what there is. */
export const hint = (word: string, known: readonly string[]): string =>
  didYouMean(word, known) || `; there is: ${known.join(", ") || "none"}`;

function refuse(message: string): never {
  throw new UsageError(message);
}
