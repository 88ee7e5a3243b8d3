import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Environment } from "../../config/schema";
import { listExecutions } from "../../operate/executions";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { environmentOfAccount, findWorkload } from "../estate/find";
import { sagemakerOf } from "./account";
import { findPipeline } from "./pipeline";

/** For the help of every command that takes an execution. */
export const executionForms = "ARN, <env>/<pipeline>/<id>, or <env>/<pipeline> for the latest";

/** An execution, and the way to its account. */
export interface FoundExecution {
  readonly arn: string;
  readonly environment: Environment;
  readonly sagemaker: SageMakerClient;
}

const arnForm = /^arn:[\w-]+:sagemaker:([\w-]+):(\d{12}):pipeline\/[^/]+\/execution\/[^/]+$/;

/**
 * Finds an execution by any of its forms.
 * @throws UsageError where it is none of them, or names what is not there
 */
export async function findExecution(context: Context, reference: string): Promise<FoundExecution> {
  const [, , account] = arnForm.exec(reference) ?? [];
  if (account !== undefined) {
    const environment = environmentOfAccount(context.estate, account);
    return { arn: reference, environment, sagemaker: await sagemakerOf(context, environment) };
  }
  const [name = "", pipeline, id, ...rest] = reference.split("/");
  if (!pipeline || rest.length > 0 || id === "")
    throw new UsageError(`An execution must be ${executionForms}, got: ${reference}`);
  const environment = findWorkload(context.estate, name);
  const sagemaker = await sagemakerOf(context, environment);
  const found = await findPipeline(context.estate, environment, sagemaker, pipeline);
  const arn = id ? `${found.arn}/execution/${id}` : await latest(sagemaker, found.name, name);
  return { arn, environment, sagemaker };
}

async function latest(sagemaker: SageMakerClient, pipeline: string, environment: string): Promise<string> {
  const [newest] = await listExecutions(sagemaker, pipeline, 1);
  if (newest?.PipelineExecutionArn) return newest.PipelineExecutionArn;
  throw new UsageError(`Pipeline ${pipeline} has no execution in environment ${environment} yet`);
}
