import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { roleArn } from "../../../core/arns";
import { servingRoleName } from "../../../core/naming";
import { foundationStackId } from "../../../core/stack-ids";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Need } from "../../kind";
import { servingRolePolicies } from "../../serving-role";
import { namesOfWorkload } from "../../topology";

/** The endpoint's role, which the foundation makes. */
export function servingNeed(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Need {
  const [[inlinePolicy, statements] = ["", []]] = Object.entries(
    servingRolePolicies(estate, workload, model),
  );
  const { executionRole } = namesOfWorkload(estate, workload);
  return {
    by: { id: foundationStackId(workload), kind: "foundation", environment: workload },
    role: roleArn(workload, servingRoleName(executionRole, model.name)),
    inlinePolicy,
    statements,
  };
}
