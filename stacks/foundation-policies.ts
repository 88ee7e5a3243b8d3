import type { Estate, WorkloadEnvironment } from "../config/schema";
import { pipelineArn, roleArn } from "../core/arns";
import { modelNames } from "../core/naming";
import type { IdentityStatement, PolicyStatement } from "../core/policy";
import {
  manageModelStacksStatements,
  passRolesStatements,
  type ManagedModel,
} from "../modules/iam/deploy-statements";
import { createPackageGroupStatements, lookUpVersionsStatements } from "../modules/iam/registry-statements";
import {
  eventsToTopicsStatement,
  logsUseStatement,
  readActions,
  readByRolesStatement,
  registryUseStatement,
  rulesAndAlarmsStatement,
  useByAliasStatement,
} from "../modules/kms/statements";
import { writeLogsStatement } from "../modules/logs/statements";
import { artifactsIdentityStatements, prefixWriteStatements } from "../modules/s3/statements";
import type { ModelDefinition } from "../pipelines/model";
import type { Pipeline } from "../pipelines/definition";
import { statePrefix, workspacePrefix } from "./account-stack";
import { modelContext } from "./model-context";
import { modelStackId } from "./list";
import { downstreamOf, namesOfRegistry, namesOfWorkload, placeOf, registryOf, upstreamOf } from "./topology";

type Policies = Readonly<Record<string, readonly IdentityStatement[]>>;

const groupsOf = (models: readonly ModelDefinition[]): string[] =>
  models.map((model) => model.modelPackageGroup);

/** The key's policy beyond the account's own: shared forward along `promotesTo`, with the registry, and for alerts. */
export function keyStatements(estate: Estate, workload: WorkloadEnvironment): PolicyStatement[] {
  const readers = downstreamOf(estate, workload).map((reader) =>
    readByRolesStatement(`ReadBy${reader.account}`, reader.account, [
      roleArn(reader.account, namesOfWorkload(estate, reader).executionRole),
    ]),
  );
  return [
    ...readers,
    registryUseStatement(registryOf(estate, workload).account),
    eventsToTopicsStatement(placeOf(workload)),
    rulesAndAlarmsStatement(workload.account),
    logsUseStatement(placeOf(workload)),
  ];
}

export function lambdaRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Policies {
  const registry = placeOf(registryOf(estate, workload));
  const { functionLogGroup } = namesOfWorkload(estate, workload);
  return {
    ...(models.length > 0 && {
      "cross-account-model-registry-access": lookUpVersionsStatements(registry, groupsOf(models)),
    }),
    "function-logs": [writeLogsStatement("Logs", placeOf(workload), functionLogGroup)],
  };
}

/** The execution role's policies that the main source document names, and that by which rules start its pipelines. */
export function executionRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Policies {
  const registry = registryOf(estate, workload);
  const own = useByAliasStatement("OwnKey", placeOf(workload), [namesOfWorkload(estate, workload).keyAlias]);
  const upstream = upstreamOf(estate, workload).map((source) =>
    useByAliasStatement(
      `KeyOf${source.account}`,
      placeOf(source),
      [namesOfWorkload(estate, source).keyAlias],
      readActions,
    ),
  );
  return {
    "cross-account-model-artifacts-s3-bucket-access": artifactsIdentityStatements(
      namesOfRegistry(estate, registry).artifactsBucket,
    ),
    ...(models.length > 0 && {
      "cross-account-model-registry-access": createPackageGroupStatements(
        placeOf(registry),
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
  const pipelines = models.flatMap((model) => pipelinesOf(estate, workload, model));
  return Object.fromEntries(pipelines.map((pipeline) => [`${pipeline.name}-steps`, pipeline.permissions()]));
}

function startStatement(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): IdentityStatement {
  const pipelines = models.flatMap((model) => pipelinesOf(estate, workload, model));
  return {
    Sid: "StartPipelines",
    Effect: "Allow",
    Action: ["sagemaker:StartPipelineExecution"],
    Resource: pipelines.map(({ name }) => pipelineArn(placeOf(workload), name)),
  };
}

/** What the deploy role needs whatever the models: whom it may hand roles to, its files, its log. */
export function deployRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Policies {
  const names = namesOfWorkload(estate, workload);
  const place = placeOf(workload);
  const scripts = models.map(({ name }) => `${name}/scripts/`);
  const states = models.map((model) => statePrefix(modelStackId(workload, model)));
  return {
    "pass-roles": passRolesStatements(workload.account, names.executionRole, names.lambdaRole),
    "scripts-and-state": [
      ...(models.length > 0
        ? [
            ...prefixWriteStatements("Scripts", names.dataBucket, scripts),
            ...prefixWriteStatements("States", names.stateBucket, states, [workspacePrefix]),
          ]
        : []),
      useByAliasStatement("Keys", place, [names.keyAlias, names.stateKeyAlias]),
    ],
    "jenkins-log": [writeLogsStatement("Logs", place, names.jenkinsLogGroup)],
  };
}

/** What grows with the models: one managed policy a service, so that there is room for many. */
export function modelStackPolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Policies {
  if (models.length === 0) return {};
  const managed = models.map((model) => managedModel(estate, workload, model));
  const statements = manageModelStacksStatements(placeOf(workload), managed);
  return Object.fromEntries(
    Object.entries(statements).map(([service, statement]) => [`jenkins-manages-${service}`, [statement]]),
  );
}

function managedModel(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): ManagedModel {
  const names = modelNames(model.name);
  return {
    pipelines: pipelinesOf(estate, workload, model).map(({ name }) => name),
    functions: [names.latestApprovedModelFunction],
    rules: [names.inferenceSchedule, names.driftRetraining, names.stepFailure, names.executionFailure],
    topics: [model.alertTopic],
    queues: [names.deadLetterQueue],
    alarms: [names.deadLetterAlarm],
  };
}

function pipelinesOf(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Pipeline[] {
  return Object.values(model.pipelines(modelContext(estate, workload, model)));
}
