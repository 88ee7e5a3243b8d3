import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { modelPackageGroupArn, policyArn, roleArn } from "../../../core/arns";
import { modelRoleName } from "../../../core/naming";
import { foundationStackId } from "../../../core/stack-ids";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Need } from "../../kind";
import { accountRegionOf, namesOfWorkload, registryOf } from "../../topology";
import { managementPolicies } from "../foundation/deploy-role";
import {
  executionRolePolicies,
  lambdaRolePolicies,
  pipelinePolicies,
  sealingRolePolicies,
} from "../foundation/policies";
import { retrainingRolePolicies } from "../foundation/retraining";
import { managedBy } from "./managed";

/**
 * What a model's stack needs: the permissions of its pipelines, its functions and what starts them, those of Jenkins where it
 * applies the stack, and its package group.
 */
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
    ...Object.entries(rolePolicies(estate, workload, model)).flatMap(([role, inline]) =>
      Object.entries(inline).map(([inlinePolicy, statements]) => ({
        by: foundation,
        role: roleArn(workload, role),
        inlinePolicy,
        statements,
      })),
    ),
  ];
}

/** By name of the role, then of the policy. */
function rolePolicies(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition) {
  const { executionRole, lambdaRole, retrainingRole, sealingRole } = namesOfWorkload(estate, workload);
  const own = (base: string): string => modelRoleName(base, model.name);
  return {
    [own(executionRole)]: executionRolePolicies(estate, workload, [model]),
    [own(lambdaRole)]: lambdaRolePolicies(estate, workload, [model]),
    [own(retrainingRole)]: retrainingRolePolicies(estate, workload, [model]),
    [own(sealingRole)]: sealingRolePolicies(estate, workload, model),
  };
}
