import type { Estate, WorkloadEnvironment } from "../config/schema";
import { bucketArn } from "../core/arns";
import { defaultRoleNames, modelRoleName, registryNames, workloadNames } from "../core/naming";
import type { Cell } from "./matrix";
import { describe, type Rule } from "./rule";

const kindsOfRole = ["executionRole", "lambdaRole", "retrainingRole", "sealingRole"] as const;

/** Roles of a model, as the matrix names them. */
function rolesOf(estate: Estate, model: string): string[] {
  return workloadsOf(estate).flatMap(({ name, names }) =>
    kindsOfRole.map((kind) => `${name}/${modelRoleName(names[kind] ?? defaultRoleNames[kind], model)}`),
  );
}

const workloadsOf = ({ environments }: Estate): WorkloadEnvironment[] =>
  environments.filter((environment) => environment.kind === "workload");

const modelsOf = (estate: Estate): string[] => [
  ...new Set(workloadsOf(estate).flatMap(({ models }) => Object.keys(models))),
];

/** Prefixes of ARNs below which objects are one model's: in data buckets, and in artifacts buckets below each environment. */
function objectsOf(estate: Estate, model: string): string[] {
  const { environments, shared } = estate;
  return environments.flatMap((environment) => {
    const scope = { project: shared.project, environment: environment.name, account: environment.account };
    if (environment.kind === "workload")
      return [`${bucketArn(environment, workloadNames(scope, environment.names).dataBucket)}/${model}/`];
    if (environment.kind !== "registry") return [];
    const bucket = bucketArn(environment, registryNames(scope, environment.names).artifactsBucket);
    return [`${bucket}/${model}/`, ...workloadsOf(estate).map(({ name }) => `${bucket}/${name}/${model}/`)];
  });
}

/** The model that a pipeline or function is of: names begin with the model's, which may itself begin with another's. */
const ownerOf = (resource: string, models: readonly string[]): string | undefined => {
  const [, name = ""] = /:(?:pipeline\/|function:)([^:/]+)/.exec(resource) ?? [];
  return models
    .filter((model) => name.startsWith(`${model}-`))
    .toSorted((one, other) => other.length - one.length)[0];
};

/** Walls between the models of an account. */
export const modelRules: readonly Rule[] = [
  {
    title: "No role of a model reaches another model's objects, pipelines or functions",
    broken: ({ cells }, estate) => {
      const models = modelsOf(estate);
      return models.flatMap((model) => {
        const strangers = models
          .filter((other) => other !== model)
          .flatMap((other) => rolesOf(estate, other));
        const prefixes = objectsOf(estate, model);
        const isOwn = ({ resource }: Cell): boolean =>
          prefixes.some((prefix) => resource.startsWith(prefix)) || ownerOf(resource, models) === model;
        return cells
          .filter(isOwn)
          .flatMap((cell) =>
            cell.allowed
              .filter((name) => strangers.includes(name))
              .map((name) => `${name}: ${describe(cell)}`),
          );
      });
    },
  },
];
