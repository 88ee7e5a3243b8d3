import type { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { serviceTrust } from "../../../core/policy";
import { Role } from "../../../modules/iam/role";
import type { ModelDefinition } from "../../../pipelines/model";
import { namesOfWorkload } from "../../topology";
import { executionRolePolicies, lambdaRolePolicies, pipelinePolicies } from "./policies";
import { retrainingRolePolicies } from "./retraining";

/**
 * The roles that all models of an account shared before each had its own, as they were: they stay while `sharedRoles` says so, for pipelines that
 * have not moved yet (ADR 7).
 */
export function addSharedRoles(
  scope: Construct,
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): void {
  const names = namesOfWorkload(estate, workload);
  const trust = (...services: string[]) => [serviceTrust(services, workload.account)];
  new Role(scope, "lambda-role", {
    roleName: names.lambdaRole,
    description: "Looks up approved model versions in the central registry",
    trust: trust("lambda.amazonaws.com"),
    inlinePolicies: lambdaRolePolicies(estate, workload, models),
  });
  const retraining = retrainingRolePolicies(estate, workload, models);
  if (Object.keys(retraining).length > 0)
    new Role(scope, "retraining-role", {
      roleName: names.retrainingRole,
      description: "Starts training where a monitor has found data drift",
      trust: trust("lambda.amazonaws.com"),
      inlinePolicies: retraining,
    });
  new Role(scope, "execution-role", {
    roleName: names.executionRole,
    description: "Runs SageMaker pipelines, and starts them for EventBridge",
    trust: trust("events.amazonaws.com", "sagemaker.amazonaws.com"),
    inlinePolicies: executionRolePolicies(estate, workload, models),
    managedPolicies: pipelinePolicies(estate, workload, models, "shared"),
  });
}
