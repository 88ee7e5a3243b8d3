import { SFNClient } from "@aws-sdk/client-sfn";
import type { WorkloadEnvironment } from "../../config/schema";
import { stateMachineArn } from "../../core/arns";
import { workflowNames, type WorkflowNames } from "../../core/workflow-names";
import type { AccountAccess } from "../../deploy/access/account-access";
import { listRuns } from "../../operate/workflows";
import type { ModelDefinition } from "../../pipelines/model";
import { accountRegionOf, isWorkload } from "../../stacks/topology";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { environmentOfAccount, findModel, findWorkload } from "../estate/find";

/** For the help of every command that takes a run. */
export const runForms = "ARN, <env>/<model>/<name>, or <env>/<model> for the latest";

/** A model's workflow in an account, and a client that asks there. */
export interface WorkflowTarget {
  readonly workload: WorkloadEnvironment;
  readonly model: ModelDefinition;
  readonly names: WorkflowNames;
  readonly machineArn: string;
  readonly access: AccountAccess;
  readonly states: SFNClient;
}

/** Who works: a scientist, where there is such a role, runs workflows; an administrator decides on what they made. */
type By = "scientist" | "administrator";

/** @throws UsageError where the environment has no such workflow */
export async function findWorkflow(
  context: Context,
  environment: string,
  modelName: string,
  by: By = "scientist",
): Promise<WorkflowTarget> {
  const workload = findWorkload(context.estate, environment);
  const model = findModel(modelName);
  if (workload.models[modelName]?.workflow === undefined)
    throw new UsageError(
      `Environment ${environment} has no workflow of ${modelName}: its file has no models.${modelName}.workflow`,
    );
  const access = await context.access(workload, ...(by === "scientist" ? [by] : []));
  const names = workflowNames(context.estate.shared.project, model.name);
  const machineArn = stateMachineArn(accountRegionOf(workload), names.stateMachine);
  return { workload, model, names, machineArn, access, states: new SFNClient(access) };
}

const arnForm = /^arn:[\w-]+:states:[\w-]+:(\d{12}):execution:([\w-]+)-workflow:[^:]+$/;

/** A run by any of its forms, with its workflow. @throws UsageError where it is none of them, or names what is not there */
export async function findRun(
  context: Context,
  reference: string,
  by: By = "scientist",
): Promise<WorkflowTarget & { readonly executionArn: string }> {
  const [, account, ofArn = ""] = arnForm.exec(reference) ?? [];
  if (account !== undefined) {
    const environment = environmentOfAccount(context.estate, account);
    if (!isWorkload(environment))
      throw new UsageError(`Environment ${environment.name} (kind ${environment.kind}) has no workflows`);
    return { ...(await findWorkflow(context, environment.name, ofArn, by)), executionArn: reference };
  }
  const [environment = "", model, name, ...rest] = reference.split("/");
  if (!environment || !model || rest.length > 0 || name === "")
    throw new UsageError(`A run must be ${runForms}, got: ${reference}`);
  const target = await findWorkflow(context, environment, model, by);
  const executionArn = name
    ? `${target.machineArn.replace(":stateMachine:", ":execution:")}:${name}`
    : (await listRuns(target.states, target.machineArn, 1))[0]?.executionArn;
  if (executionArn !== undefined) return { ...target, executionArn };
  throw new UsageError(`The workflow of ${model} has no run in environment ${environment} yet`);
}
