import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { bucketArn, pipelineArn, roleArn } from "../../../core/arns";
import { inBucketsOf } from "../../../core/bucket-owner";
import { readActions } from "../../../core/kms-actions";
import type { IdentityStatement, PolicyStatement } from "../../../core/policy";
import { functionNetworkStatements, jobNetworkStatements } from "../../../modules/ec2/statements";
import {
  createPackageGroupStatements,
  lookUpVersionsStatements,
} from "../../../modules/iam/registry-statements";
import {
  eventsToTopicsStatement,
  logsUseStatement,
  readByRolesStatement,
  registryUseStatement,
  rulesAndAlarmsStatement,
  useByAliasStatement,
} from "../../../modules/kms/statements";
import { writeLogsStatement } from "../../../modules/logs/statements";
import {
  readablePrefixes,
  readArtifactsStatements,
  sealStatements,
} from "../../../modules/s3/artifact-statements";
import type { ModelDefinition } from "../../../pipelines/model";
import type { RenderedPipeline } from "../../../pipelines/definition";
import { pipelinesIn } from "../../model-pipelines";
import { inNetwork } from "./in-network";
import {
  downstreamOf,
  namesOfRegistry,
  namesOfWorkload,
  accountRegionOf,
  registryOf,
  rolesNamed,
  upstreamOf,
} from "../../topology";

type Policies = Readonly<Record<string, readonly IdentityStatement[]>>;

const groupsOf = (models: readonly ModelDefinition[]): string[] =>
  models.map((model) => model.modelPackageGroup);

/** The key's policy beyond the account's own: shared forward along `promotesTo`, with the registry, and for alerts. */
export function keyStatements(estate: Estate, workload: WorkloadEnvironment): PolicyStatement[] {
  const registry = registryOf(estate, workload);
  const readers = downstreamOf(estate, workload).map((reader) =>
    readByRolesStatement(
      `ReadBy${reader.account}`,
      accountRegionOf(reader),
      rolesNamed(reader, namesOfWorkload(estate, reader).executionRole),
    ),
  );
  return [
    ...readers,
    registryUseStatement(
      accountRegionOf(registry),
      bucketArn(registry, namesOfRegistry(estate, registry).artifactsBucket),
    ),
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
      "model-versions": readVersionsStatements(estate, workload, models),
    }),
    "function-logs": [writeLogsStatement("Logs", accountRegionOf(workload), functionLogGroup)],
    ...inNetwork(estate, workload, functionNetworkStatements),
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
    "cross-account-model-artifacts-s3-bucket-access": readVersionsStatements(estate, workload, models),
    ...(models.length > 0 && {
      "cross-account-model-registry-access": createPackageGroupStatements(
        accountRegionOf(registry),
        groupsOf(models),
      ),
      "pipeline-start": [startStatement(estate, workload, models)],
    }),
    "kms-key-access-policy": [own],
    ...(upstream.length > 0 && { "cross-account-kms-key-access-policy": upstream }),
    ...inNetwork(estate, workload, jobNetworkStatements),
  };
}

/** The role that keeps versions of one model: it reads what its executions wrote, and writes what nobody overwrites. */
export function sealingRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): Policies {
  const where = accountRegionOf(workload);
  const { functionLogGroup, keyAlias } = namesOfWorkload(estate, workload);
  return {
    "seal-versions": [
      ...inBucketsOf(
        registryOf(estate, workload).account,
        sealStatements(artifactsArn(estate, workload), model.name, workload.name),
      ),
      useByAliasStatement("OwnKey", where, [keyAlias], ["kms:Decrypt", "kms:GenerateDataKey*"]),
    ],
    "function-logs": [writeLogsStatement("Logs", where, functionLogGroup)],
    ...inNetwork(estate, workload, functionNetworkStatements),
  };
}

const artifactsArn = (estate: Estate, workload: WorkloadEnvironment): string => {
  const registry = registryOf(estate, workload);
  return bucketArn(registry, namesOfRegistry(estate, registry).artifactsBucket);
};

/** Of one model, or of all. */
const readVersionsStatements = (
  estate: Estate,
  workload: WorkloadEnvironment,
  [model, ...others]: readonly ModelDefinition[],
): IdentityStatement[] =>
  inBucketsOf(
    registryOf(estate, workload).account,
    readArtifactsStatements(
      artifactsArn(estate, workload),
      readablePrefixes(model && others.length === 0 ? model.name : "*", {
        environment: workload.name,
        upstream: upstreamOf(estate, workload).map(({ name }) => name),
      }),
    ),
  );

/**
 * What the execution role needs because of the pipelines it runs: one managed policy a pipeline (ADR 7). Those of the shared
 * role keep the names that they had.
 */
export function pipelinePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
  of: "model" | "shared" = "model",
): Policies {
  const own = roleArn(workload, namesOfWorkload(estate, workload).executionRole);
  return Object.fromEntries(
    models.flatMap((model) =>
      Object.values(pipelinesIn(estate, workload, model)).map((pipeline) =>
        of === "model"
          ? [`${pipeline.name}-permissions`, pipeline.permissions()]
          : [`${pipeline.name}-steps`, pipeline.permissions(own)],
      ),
    ),
  );
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

const definitionsOf = (
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): RenderedPipeline[] => models.flatMap((model) => Object.values(pipelinesIn(estate, workload, model)));
