import type { Estate, WorkloadEnvironment } from "../config/schema";
import { endpointArn } from "../core/arns";
import { endpointNames } from "../core/naming";
import type { IdentityStatement } from "../core/policy";
import { workflowNames } from "../core/workflow-names";
import { writeLogsStatement } from "../modules/logs/statements";
import type { ModelDefinition } from "../pipelines/model";
import { apiSettingsOf } from "./kinds/api/settings";
import { accountRegionOf, namesOfWorkload } from "./topology";

/** The one endpoint that a model's API asks. */
export function endpointOfApi(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): string {
  const { project } = estate.shared;
  return apiSettingsOf(workload, model).serves === "workflow"
    ? workflowNames(project, model.name).endpoint
    : endpointNames(project, model.name).endpoint;
}

/** What an API's function does as its role: it asks that endpoint, and no other. */
export function inferenceRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): Readonly<Record<string, readonly IdentityStatement[]>> {
  const where = accountRegionOf(workload);
  return {
    invoke: [
      {
        Sid: "Invoke",
        Effect: "Allow",
        Action: ["sagemaker:InvokeEndpoint"],
        Resource: [endpointArn(where, endpointOfApi(estate, workload, model))],
      },
    ],
    "function-logs": [writeLogsStatement("Logs", where, namesOfWorkload(estate, workload).functionLogGroup)],
  };
}
