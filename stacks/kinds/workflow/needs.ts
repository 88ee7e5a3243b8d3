import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { policyArn, roleArn } from "../../../core/arns";
import { workflowRoles, type WorkflowRoles } from "../../../core/workflow-names";
import { foundationStackId } from "../../../core/stack-ids";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Need } from "../../kind";
import { namesOfWorkload } from "../../topology";
import { workflowRolePolicies } from "../../workflow-roles";
import { managementPolicies } from "../foundation/deploy-role";
import { managedBy } from "./managed";

/** What a workflow's stack needs: its roles, and what Jenkins must be allowed where it applies the stack. */
export function neededBy(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Need[] {
  const by = { id: foundationStackId(workload), kind: "foundation", environment: workload };
  const policies = workload.ci === undefined ? {} : managementPolicies([managedBy(estate, workload, model)]);
  const roles = workflowRoles(namesOfWorkload(estate, workload), model.name);
  const ofRoles = Object.entries(workflowRolePolicies(estate, workload, model)).flatMap(([role, policies]) =>
    Object.entries(policies).map(([inlinePolicy, statements]) => ({
      ...{ by, inlinePolicy, statements },
      role: roleArn(workload, roles[role as keyof WorkflowRoles]),
    })),
  );
  return [
    ...ofRoles,
    ...Object.entries(policies).map(([name, statements]) => ({
      ...{ by, statements },
      policy: policyArn(workload, name),
    })),
  ];
}
