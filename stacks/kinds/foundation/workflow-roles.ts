import type { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { serviceTrust } from "../../../core/policy";
import { workflowRoles, type WorkflowRoles } from "../../../core/workflow-names";
import { Role } from "../../../modules/iam/role";
import type { ModelDefinition } from "../../../pipelines/model";
import { namesOfWorkload } from "../../topology";
import { workflowRolePolicies } from "../../workflow-roles";

/** What each does, and as whom it works. */
const purposes: Readonly<Record<keyof WorkflowRoles, readonly [does: string, service: string]>> = {
  states: ["Runs the workflow of", "states.amazonaws.com"],
  jobs: ["Trains, scores and serves for the workflow of", "sagemaker.amazonaws.com"],
  evaluation: ["Compares predictions for the workflow of", "lambda.amazonaws.com"],
  question: ["Asks people for the workflow of", "lambda.amazonaws.com"],
  approval: ["Lets people answer the workflow of", "lambda.amazonaws.com"],
  cleanup: ["Cleans up behind the workflow of", "lambda.amazonaws.com"],
};

/** The roles of a model's workflow. */
export function addWorkflowRoles(
  scope: Construct,
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): void {
  const names = workflowRoles(namesOfWorkload(estate, workload), model.name);
  const policies = workflowRolePolicies(estate, workload, model);
  for (const of of Object.keys(names) as (keyof WorkflowRoles)[]) {
    const [does, service] = purposes[of];
    new Role(scope, `workflow-${of}`, {
      roleName: names[of],
      description: `${does} ${model.name}`,
      trust: [serviceTrust([service], workload.account)],
      inlinePolicies: policies[of],
    });
  }
}
