import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { modelPackageGroupArn, policyArn } from "../../../core/arns";
import { foundationStackId } from "../../../core/stack-ids";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Need } from "../../kind";
import { accountRegionOf, registryOf } from "../../topology";
import { managementPolicies } from "../foundation/deploy-role";
import { pipelinePolicies } from "../foundation/policies";
import { managedBy } from "./managed";

/** What a model's stack needs: its pipelines' permissions, those of Jenkins where it applies the stack, and its package group. */
export function neededBy(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Need[] {
  const foundation = { id: foundationStackId(workload), kind: "foundation", environment: workload };
  const registry = registryOf(estate, workload);
  const policies = {
    ...pipelinePolicies(estate, workload, [model]),
    ...(workload.ci !== undefined && managementPolicies([managedBy(estate, workload, model)])),
  };
  return [
    {
      by: { id: registry.name, kind: "registry", environment: registry },
      packageGroup: modelPackageGroupArn(accountRegionOf(registry), model.modelPackageGroup),
    },
    ...Object.entries(policies).map(([name, statements]) => ({
      by: foundation,
      policy: policyArn(workload, name),
      statements,
    })),
  ];
}
