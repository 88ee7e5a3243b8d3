import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { policyArn, roleArn } from "../../../core/arns";
import { servingRoleName } from "../../../core/naming";
import { foundationStackId } from "../../../core/stack-ids";
import type { ModelDefinition } from "../../../pipelines/model";
import type { Need } from "../../kind";
import { servingRolePolicies } from "../../serving-role";
import { namesOfWorkload } from "../../topology";
import { managementPolicies } from "../foundation/deploy-role";
import { managedBy } from "./managed";

/** What an endpoint's stack needs: its role, and what Jenkins must be allowed where it applies the stack. */
export function neededBy(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): Need[] {
  const foundation = { id: foundationStackId(workload), kind: "foundation", environment: workload };
  const policies = workload.ci === undefined ? {} : managementPolicies([managedBy(estate, workload, model)]);
  const [[inlinePolicy, statements] = ["", []]] = Object.entries(
    servingRolePolicies(estate, workload, model),
  );
  const { executionRole } = namesOfWorkload(estate, workload);
  return [
    {
      by: foundation,
      role: roleArn(workload, servingRoleName(executionRole, model.name)),
      ...{ inlinePolicy, statements },
    },
    ...Object.entries(policies).map(([name, allowed]) => ({
      by: foundation,
      policy: policyArn(workload, name),
      statements: allowed,
    })),
  ];
}
