import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { roleArn } from "../../../core/arns";
import { foundationStackId } from "../../../core/stack-ids";
import { workflowRoles, type WorkflowRoles } from "../../../core/workflow-names";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Need } from "../../kind";
import { namesOfWorkload } from "../../topology";
import { workflowRolePolicies } from "../../workflow-roles";

/** What a workflow's stack needs: its roles. */
export function neededBy(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Need[] {
  const by = { id: foundationStackId(workload), kind: "foundation", environment: workload };
  const roles = workflowRoles(namesOfWorkload(estate, workload), model.name);
  return Object.entries(workflowRolePolicies(estate, workload, model)).flatMap(([role, policies]) =>
    Object.entries(policies).map(([inlinePolicy, statements]) => ({
      ...{ by, inlinePolicy, statements },
      role: roleArn(workload, roles[role as keyof WorkflowRoles]),
    })),
  );
}
