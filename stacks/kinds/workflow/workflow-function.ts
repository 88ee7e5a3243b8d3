import type { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { roleArn } from "../../../core/arns";
import { workflowNames, workflowRoles, type WorkflowFunctions } from "../../../core/workflow-names";
import { NodeFunction } from "../../../modules/lambda/node-function";
import type { ModelDefinition } from "../../../pipelines/model";
import { namesOfWorkload } from "../../topology";

/** Whose workflow it is, and where. */
export interface WorkflowOf {
  readonly estate: Estate;
  readonly environment: WorkloadEnvironment;
  readonly model: ModelDefinition;
}

interface FunctionProps {
  /** Its handler in `lambdas/`, its role, and its part of the workflow's names. */
  readonly name: keyof WorkflowFunctions;
  readonly description: string;
  /** @default no variables */
  readonly environment?: Readonly<Record<string, string>>;
  /** Seconds. @default 30 */
  readonly timeout?: number;
  /** @default none: somebody waits for its answer */
  readonly onFailureQueueArn?: string;
}

/** A function of a workflow, which works as its own role. */
export function workflowFunction(
  scope: Construct,
  { estate, environment: workload, model }: WorkflowOf,
  { name, environment = {}, ...props }: FunctionProps,
): NodeFunction {
  const accountNames = namesOfWorkload(estate, workload);
  return new NodeFunction(scope, name, {
    timeout: 30,
    ...props,
    environment,
    functionName: workflowNames(estate.shared.project, model.name).functions[name],
    handler: name,
    roleArn: roleArn(workload, workflowRoles(accountNames, model.name)[name]),
    logGroupName: accountNames.functionLogGroup,
  });
}
