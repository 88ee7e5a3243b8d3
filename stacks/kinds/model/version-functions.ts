import type { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { roleArn } from "../../../core/arns";
import { modelNames, modelRoleName } from "../../../core/naming";
import { NodeFunction } from "../../../modules/lambda/node-function";
import type { ModelDefinition } from "../../../pipelines/model";
import { modelContext } from "../../model-context";
import { acceptedVersions, sealingPlaces } from "../../model-versions";
import { networkOf } from "../../network";
import { namesOfWorkload } from "../../topology";

/** The functions by which a model's pipelines in an environment look versions up, and keep them. */
export function versionFunctions(
  scope: Construct,
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): NodeFunction[] {
  const { lambdaRole, sealingRole, functionLogGroup } = namesOfWorkload(estate, workload);
  const { latestApprovedModelFunction, sealVersionFunction } = modelNames(model.name);
  const { runs, versions, key } = sealingPlaces(estate, workload, model);
  return [
    new NodeFunction(scope, "latest-approved-model", {
      functionName: latestApprovedModelFunction,
      description: `Latest approved version of ${model.name} in the central registry`,
      handler: "latest-approved-model",
      roleArn: roleArn(workload, modelRoleName(lambdaRole, model.name)),
      environment: {
        MODEL_PACKAGE_GROUP: modelContext(estate, workload, model).modelPackageGroupArn,
        ACCEPTED: JSON.stringify(acceptedVersions(estate, workload, model)),
      },
      logGroupName: functionLogGroup,
      network: networkOf(estate, workload),
    }),
    new NodeFunction(scope, "seal-version", {
      functionName: sealVersionFunction,
      description: `Keeps the files of each version of ${model.name} where nobody overwrites them`,
      handler: "seal-version",
      roleArn: roleArn(workload, modelRoleName(sealingRole, model.name)),
      environment: { RUNS: runs, VERSIONS: versions, KEY: key },
      // A step waits no longer for a function; S3 copies tens of gigabytes in that time.
      timeout: 600,
      logGroupName: functionLogGroup,
      network: networkOf(estate, workload),
    }),
  ];
}
