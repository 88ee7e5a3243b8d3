import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { WorkloadEnvironment } from "../../config/schema";
import { endpointNames, type EndpointNames } from "../../core/naming";
import { endpointStackId } from "../../core/stack-ids";
import type { ModelDefinition } from "../../pipelines/model";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { findModel, findWorkload, modelsOf } from "../estate/find";

/** A model's endpoint in an account, and clients that ask there. */
export interface EndpointTarget {
  readonly workload: WorkloadEnvironment;
  readonly model: ModelDefinition;
  readonly names: EndpointNames;
  readonly stackId: string;
  readonly sagemaker: SageMakerClient;
  readonly runtime: SageMakerRuntimeClient;
  readonly ssm: SSMClient;
}

/** @throws UsageError where the environment serves no such model */
export async function findEndpoint(
  context: Context,
  environment: string,
  modelName: string,
): Promise<EndpointTarget> {
  const workload = findWorkload(context.estate, environment);
  const model = findModel(modelName);
  if (!servedIn(workload).includes(model))
    throw new UsageError(
      `Environment ${environment} does not serve ${modelName}: its file has no models.${modelName}.endpoint`,
    );
  const access = await context.access(workload);
  return {
    ...{ workload, model },
    names: endpointNames(context.estate.shared.project, model.name),
    stackId: endpointStackId(workload, model),
    sagemaker: new SageMakerClient(access),
    runtime: new SageMakerRuntimeClient(access),
    ssm: new SSMClient(access),
  };
}

/** The models that a workload has endpoints for. */
export const servedIn = (workload: WorkloadEnvironment): ModelDefinition[] =>
  modelsOf(workload).filter(({ name }) => workload.models[name]?.endpoint !== undefined);
