import type { Estate, RegistryEnvironment, WorkloadEnvironment } from "../../config/schema";
import { modelPackagesArn } from "../../core/arns";
import { models } from "../../pipelines";
import type { ModelDefinition } from "../../pipelines/model";
import { accountRegionOf, inOrderOfPromotion, registryOf, servesIn } from "../../stacks/topology";
import { UsageError } from "../errors";

/** A version in a registry of the estate. */
export interface VersionAddress {
  readonly registry: RegistryEnvironment;
  /** Those whose versions are in its group. */
  readonly models: readonly ModelDefinition[];
  readonly version: number;
}

/**
 * Takes an ARN apart that somebody else may have chosen.
 * @throws UsageError unless it is of a version of a model, in a registry of the estate
 */
export function parsePackageArn(estate: Estate, arn: string): VersionAddress {
  const [, group = "", version = ""] =
    /:model-package\/([A-Za-z0-9-]{1,63})\/([1-9]\d{0,8})$/.exec(arn) ?? [];
  const registry = estate.environments.find(
    (environment): environment is RegistryEnvironment =>
      environment.kind === "registry" && arn === packageArn(environment, group, version),
  );
  const known = models.filter(({ modelPackageGroup }) => modelPackageGroup === group);
  if (registry && known.length > 0) return { registry, models: known, version: Number(version) };
  const groups = [...new Set(models.map(({ modelPackageGroup }) => modelPackageGroup))].join(", ");
  throw new UsageError(
    `A version must be the ARN of a model package of ${groups} in a registry of the estate, got: ${JSON.stringify(arn)}`,
  );
}

/** ARN of a version by its number. */
export const packageArn = (registry: RegistryEnvironment, group: string, version: string): string =>
  modelPackagesArn(accountRegionOf(registry), group).replace(/\*$/, version);

/** An endpoint of an environment. */
export interface RouteStep {
  readonly environment: WorkloadEnvironment;
  readonly model: ModelDefinition;
}

/** The endpoints of models with that group, in the order of promotion: an environment's before those of environments that it promotes to. */
export const servingOf = (estate: Estate, { registry, models: of }: VersionAddress): RouteStep[] =>
  inOrderOfPromotion(estate)
    .filter((environment) => registryOf(estate, environment) === registry)
    .flatMap((environment) =>
      of.filter((model) => servesIn(environment, model)).map((model) => ({ environment, model })),
    );
