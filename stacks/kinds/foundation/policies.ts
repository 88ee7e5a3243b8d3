import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { bucketArn, pipelineArn, roleArn } from "../../../core/arns";
import { readActions } from "../../../core/kms-actions";
import { managementStatements } from "../../../core/management";
import type { IdentityStatement, PolicyStatement } from "../../../core/policy";
import { statePrefix, workspacePrefix } from "../../../core/state-keys";
import { passRolesStatements } from "../../../modules/iam/pass-role-statements";
import {
  createPackageGroupStatements,
  lookUpVersionsStatements,
} from "../../../modules/iam/registry-statements";
import {
  eventsToTopicsStatement,
  listAliasesStatement,
  logsUseStatement,
  readByRolesStatement,
  registryUseStatement,
  rulesAndAlarmsStatement,
  useByAliasStatement,
} from "../../../modules/kms/statements";
import { writeLogsStatement } from "../../../modules/logs/statements";
import { artifactsIdentityStatements, prefixWriteStatements } from "../../../modules/s3/statements";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Pipeline } from "../../../pipelines/definition";
import type { CiStackNeeds } from "../../context";
import { pipelinesIn } from "../../model-pipelines";
import {
  downstreamOf,
  namesOfRegistry,
  namesOfWorkload,
  accountRegionOf,
  registryOf,
  upstreamOf,
} from "../../topology";

type Policies = Readonly<Record<string, readonly IdentityStatement[]>>;

const groupsOf = (models: readonly ModelDefinition[]): string[] =>
  models.map((model) => model.modelPackageGroup);

/** The key's policy beyond the account's own: shared forward along `promotesTo`, with the registry, and for alerts. */
export function keyStatements(estate: Estate, workload: WorkloadEnvironment): PolicyStatement[] {
  const readers = downstreamOf(estate, workload).map((reader) =>
    readByRolesStatement(`ReadBy${reader.account}`, accountRegionOf(reader), [
      roleArn(reader, namesOfWorkload(estate, reader).executionRole),
    ]),
  );
  return [
    ...readers,
    registryUseStatement(accountRegionOf(registryOf(estate, workload))),
    eventsToTopicsStatement(accountRegionOf(workload)),
    rulesAndAlarmsStatement(workload.account),
    logsUseStatement(accountRegionOf(workload)),
  ];
}

export function lambdaRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Policies {
  const registry = accountRegionOf(registryOf(estate, workload));
  const { functionLogGroup } = namesOfWorkload(estate, workload);
  return {
    ...(models.length > 0 && {
      "cross-account-model-registry-access": lookUpVersionsStatements(registry, groupsOf(models)),
    }),
    "function-logs": [writeLogsStatement("Logs", accountRegionOf(workload), functionLogGroup)],
  };
}

/** The execution role's policies, and that by which rules start its pipelines. */
export function executionRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Policies {
  const registry = registryOf(estate, workload);
  const own = useByAliasStatement("OwnKey", accountRegionOf(workload), [
    namesOfWorkload(estate, workload).keyAlias,
  ]);
  const upstream = upstreamOf(estate, workload).map((source) =>
    useByAliasStatement(
      `KeyOf${source.account}`,
      accountRegionOf(source),
      [namesOfWorkload(estate, source).keyAlias],
      readActions,
    ),
  );
  return {
    "cross-account-model-artifacts-s3-bucket-access": artifactsIdentityStatements(
      bucketArn(registry, namesOfRegistry(estate, registry).artifactsBucket),
    ),
    ...(models.length > 0 && {
      "cross-account-model-registry-access": createPackageGroupStatements(
        accountRegionOf(registry),
        groupsOf(models),
      ),
      "pipeline-start": [startStatement(estate, workload, models)],
    }),
    "kms-key-access-policy": [own],
    ...(upstream.length > 0 && { "cross-account-kms-key-access-policy": upstream }),
  };
}

/** What the execution role needs because of the pipelines it runs: one managed policy a pipeline (ADR 7). */
export function pipelinePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Policies {
  const pipelines = definitionsOf(estate, workload, models);
  return Object.fromEntries(pipelines.map((pipeline) => [`${pipeline.name}-steps`, pipeline.permissions()]));
}

function startStatement(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): IdentityStatement {
  const pipelines = definitionsOf(estate, workload, models);
  return {
    Sid: "StartPipelines",
    Effect: "Allow",
    Action: ["sagemaker:StartPipelineExecution"],
    Resource: pipelines.map(({ name }) => pipelineArn(accountRegionOf(workload), name)),
  };
}

/** What the deploy role needs whatever it applies: whom it may hand roles to, files, states, its log. */
export function deployRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  stacks: readonly CiStackNeeds[],
): Policies {
  const names = namesOfWorkload(estate, workload);
  const where = accountRegionOf(workload);
  const files = stacks.flatMap(({ dataPrefixes }) => dataPrefixes);
  const states = stacks.map(({ id }) => statePrefix(id));
  return {
    "pass-roles": passRolesStatements(where, names.executionRole, [names.lambdaRole, names.retrainingRole]),
    "scripts-and-state": [
      ...(files.length > 0
        ? prefixWriteStatements("Scripts", bucketArn(workload, names.dataBucket), files)
        : []),
      ...(states.length > 0
        ? prefixWriteStatements("States", bucketArn(workload, names.stateBucket), states, [workspacePrefix])
        : []),
      useByAliasStatement("Keys", where, [names.keyAlias, names.stateKeyAlias]),
      listAliasesStatement,
    ],
    "jenkins-log": [writeLogsStatement("Logs", where, names.jenkinsLogGroup)],
    ...(stacks.length > 0 && { "what-comes-first": seeNeedsStatements(stacks) }),
  };
}

/** To see whether what an administrator applies first stands. */
function seeNeedsStatements(stacks: readonly CiStackNeeds[]): IdentityStatement[] {
  const needs = stacks.flatMap((stack) => stack.needs);
  const see = (sid: string, actions: readonly string[], resources: readonly string[]): IdentityStatement => ({
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: [...new Set(resources)],
  });
  return [
    see(
      "Policies",
      ["iam:GetPolicy", "iam:GetPolicyVersion"],
      needs.flatMap((need) => ("policy" in need ? [need.policy] : [])),
    ),
    see(
      "RolePolicies",
      ["iam:GetRolePolicy"],
      needs.flatMap((need) => ("role" in need ? [need.role] : [])),
    ),
    see(
      "PackageGroups",
      ["sagemaker:DescribeModelPackageGroup"],
      needs.flatMap((need) => ("packageGroup" in need ? [need.packageGroup] : [])),
    ),
  ];
}

/** What grows with the stacks: one managed policy a service, so that there is room for many. */
export const managementPolicies = (stacks: readonly Pick<CiStackNeeds, "services">[]): Policies =>
  Object.fromEntries(
    Object.entries(managementStatements(stacks.flatMap(({ services }) => services))).map(
      ([service, statements]) => [`jenkins-manages-${service}`, statements],
    ),
  );

const definitionsOf = (
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Pipeline[] => models.flatMap((model) => Object.values(pipelinesIn(estate, workload, model)));
