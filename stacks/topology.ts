import type {
  CiEnvironment,
  Environment,
  Estate,
  ModelSettings,
  RegistryEnvironment,
  WorkloadEnvironment,
} from "../config/schema";
import type { ModelDefinition } from "../pipelines/model";
import { accessRoleName, type AccessRole } from "../core/access-roles";
import { bucketArn, roleArn, type AccountRegion } from "../core/arns";
import { accountNames, modelRoles, registryNames, workloadNames } from "../core/naming";
import type { AccountNames, RegistryNames, WorkloadNames } from "../core/naming";

export const isWorkload = (environment: Environment): environment is WorkloadEnvironment =>
  environment.kind === "workload";

export const workloadsOf = (estate: Estate): WorkloadEnvironment[] => estate.environments.filter(isWorkload);

export const accountRegionOf = ({ account, region }: Environment): AccountRegion => ({ account, region });

const namingScopeOf = (estate: Estate, environment: Environment) => ({
  project: estate.shared.project,
  environment: environment.name,
  account: environment.account,
});

/** Physical names in any account. */
export const namesOfAccount = (estate: Estate, environment: Environment): AccountNames =>
  accountNames(namingScopeOf(estate, environment), { stateBucket: environment.names.stateBucket });

export const namesOfWorkload = (estate: Estate, workload: WorkloadEnvironment): WorkloadNames =>
  workloadNames(namingScopeOf(estate, workload), workload.names);

export const namesOfRegistry = (estate: Estate, registry: RegistryEnvironment): RegistryNames =>
  registryNames(namingScopeOf(estate, registry), registry.names);

/** ARNs of the buckets of an account. */
export function bucketsOf(estate: Estate, environment: Environment): string[] {
  const own =
    environment.kind === "workload"
      ? [namesOfWorkload(estate, environment).dataBucket]
      : environment.kind === "registry"
        ? [namesOfRegistry(estate, environment).artifactsBucket]
        : [];
  return [namesOfAccount(estate, environment).stateBucket, ...own].map((name) =>
    bucketArn(environment, name),
  );
}

/** ARNs of those who may assume a role for daily work; none where there is no such role. */
export function principalsOf({ access = {} }: Environment, role: AccessRole): readonly string[] {
  const named: Readonly<Partial<Record<AccessRole, readonly string[]>>> = access;
  return named[role] ?? [];
}

/** Names of the roles for daily work, of these, that an account has. */
export const accessRolesOf = (
  { shared: { project } }: Estate,
  environment: Environment,
  ...roles: readonly AccessRole[]
): string[] =>
  roles
    .filter((role) => principalsOf(environment, role).length > 0)
    .map((role) => accessRoleName(project, role));

function find<Kind extends Environment["kind"]>(
  estate: Estate,
  kind: Kind,
  name: string,
): Extract<Environment, { kind: Kind }> {
  const found = estate.environments.find(
    (environment) => environment.kind === kind && environment.name === name,
  );
  if (!found) throw new Error(`no ${kind} environment is named "${name}"`);
  return found as Extract<Environment, { kind: Kind }>;
}

/** The central model registry a workload registers its models in. */
export const registryOf = (estate: Estate, workload: WorkloadEnvironment): RegistryEnvironment =>
  find(estate, "registry", workload.registry);

/** The account whose Jenkins server deploys to a workload, if one does. */
export const ciOf = (estate: Estate, workload: WorkloadEnvironment): CiEnvironment | undefined =>
  workload.ci === undefined ? undefined : find(estate, "ci", workload.ci);

/** ARNs of the roles of a kind, one a model, and of that which all models shared where it still stands. */
export const rolesNamed = (workload: WorkloadEnvironment, base: string): string[] =>
  [modelRoles(base), ...(workload.sharedRoles ? [base] : [])].map((name) => roleArn(workload, name));

/** Workloads that share a registry. */
export const usersOf = (estate: Estate, registry: RegistryEnvironment): WorkloadEnvironment[] =>
  workloadsOf(estate).filter((workload) => workload.registry === registry.name);

/** Workloads a CI account deploys to. */
export const deployedBy = (estate: Estate, ci: CiEnvironment): WorkloadEnvironment[] =>
  workloadsOf(estate).filter((workload) => workload.ci === ci.name);

/** Where a workload's models go next, and from there on, nearest first: these read what its key encrypted. */
export function downstreamOf(estate: Estate, workload: WorkloadEnvironment): WorkloadEnvironment[] {
  if (workload.promotesTo === undefined) return [];
  const next = find(estate, "workload", workload.promotesTo);
  return [next, ...downstreamOf(estate, next)];
}

/** Workloads whose models reach this one: it reads what their keys encrypted. */
export const upstreamOf = (estate: Estate, workload: WorkloadEnvironment): WorkloadEnvironment[] =>
  workloadsOf(estate).filter((other) =>
    downstreamOf(estate, other).some(({ name }) => name === workload.name),
  );

/** The models an environment file names. */
export const modelsIn = (
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): ModelDefinition[] => models.filter((model) => model.name in workload.models);

/** Whether any pipeline of a model runs in an account: one may serve alone. */
export const runsIn = (workload: WorkloadEnvironment, model: ModelDefinition): boolean =>
  settingsOf(workload, model).pipelines?.length !== 0;

/** The models that have a workflow in an account. */
export const workflowsIn = (
  { models: settings }: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): ModelDefinition[] => models.filter(({ name }) => settings[name]?.workflow !== undefined);

/** Whether any pipeline runs in an account. One without models yet will run some. */
export const runsAny = ({ models }: WorkloadEnvironment): boolean => {
  const settings = Object.values(models);
  return settings.length === 0 || settings.some(({ pipelines }) => pipelines?.length !== 0);
};

/** Whether an account has an endpoint for a model. */
export const servesIn = (workload: WorkloadEnvironment, { name }: ModelDefinition): boolean =>
  workload.models[name]?.endpoint !== undefined;

/** Workloads, each before those that its models are promoted to; else as the estate has them. */
export function inOrderOfPromotion(estate: Estate): WorkloadEnvironment[] {
  const depthOf = (workload: WorkloadEnvironment): number =>
    Math.max(0, ...upstreamOf(estate, workload).map((source) => 1 + depthOf(source)));
  return workloadsOf(estate).toSorted((one, other) => depthOf(one) - depthOf(other));
}

/** What an environment file says of a model that runs there. @throws Error where it does not run */
export function settingsOf({ name, models }: WorkloadEnvironment, model: ModelDefinition): ModelSettings {
  const settings = models[model.name];
  if (!settings) throw new Error(`environment ${name} does not run the model ${model.name}`);
  return settings;
}
