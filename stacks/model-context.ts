import type { Estate, WorkloadEnvironment } from "../config/schema";
import { functionArn, keyAliasArn, keyBehindAliasArn, modelPackageGroupArn, roleArn } from "../core/arns";
import { artifactPrefixes } from "../core/artifacts";
import { modelNames, modelRoleName } from "../core/naming";
import type { ModelContext, ModelDefinition } from "../pipelines/model";
import { networkOf } from "./network";
import { namesOfAccount, namesOfRegistry, namesOfWorkload, accountRegionOf, registryOf } from "./topology";

/** What a model's pipelines need to know about the account they run in, computed from configuration alone. */
export function modelContext(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): ModelContext {
  const registry = registryOf(estate, workload);
  const names = namesOfWorkload(estate, workload);
  const where = accountRegionOf(workload);
  const { latestApprovedModelFunction, sealVersionFunction } = modelNames(model.name);
  return {
    ...where,
    dataBucket: names.dataBucket,
    bucketAccounts: [workload.account, registry.account],
    closedBuckets: [
      namesOfAccount(estate, workload).stateBucket,
      namesOfAccount(estate, registry).stateBucket,
      namesOfRegistry(estate, registry).artifactsBucket,
    ],
    artifactsUri: `s3://${namesOfRegistry(estate, registry).artifactsBucket}/${artifactPrefixes(workload.name, model.name).runs.replace(/\/$/, "")}`,
    kmsKeyArn: keyAliasArn(where, names.keyAlias),
    volumeKeyArn: keyBehindAliasArn(where, names.keyAlias),
    modelPackageGroupArn: modelPackageGroupArn(accountRegionOf(registry), model.modelPackageGroup),
    network: networkOf(estate, workload),
    executionRoleArn: roleArn(workload, modelRoleName(names.executionRole, model.name)),
    latestApprovedModelFunctionArn: functionArn(where, latestApprovedModelFunction),
    sealVersionFunctionArn: functionArn(where, sealVersionFunction),
  };
}
