import {
  DescribeEndpointCommand,
  type DescribeEndpointCommandOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { GetParameterCommand, PutParameterCommand, type SSMClient } from "@aws-sdk/client-ssm";
import { setTimeout as sleep } from "node:timers/promises";
import { parseRecorded, type Recorded } from "../core/releases";

/** None where there is no such endpoint. */
export async function describeEndpoint(
  sagemaker: SageMakerClient,
  name: string,
): Promise<DescribeEndpointCommandOutput | undefined> {
  try {
    return await sagemaker.send(new DescribeEndpointCommand({ EndpointName: name }));
  } catch (error) {
    if ((error as Error).message.startsWith("Could not find endpoint")) return undefined;
    throw error;
  }
}

const pollMilliseconds = 2_000;

/** The endpoint, once nothing is under way. */
export async function settledEndpoint(
  sagemaker: SageMakerClient,
  name: string,
  signal?: AbortSignal,
): Promise<DescribeEndpointCommandOutput | undefined> {
  const described = await describeEndpoint(sagemaker, name);
  if (!/^(Creating|.*Updating|RollingBack|Deleting)$/.test(described?.EndpointStatus ?? "")) return described;
  await sleep(pollMilliseconds, undefined, signal && { signal });
  return settledEndpoint(sagemaker, name, signal);
}

/** The endpoint's stack, which makes its record, was not applied. */
export class NoRecordError extends Error {}

/**
 * What was released to an endpoint.
 * @throws NoRecordError; Error where the parameter holds something else
 */
export async function recordedReleases(ssm: SSMClient, parameter: string): Promise<Recorded> {
  const { Parameter } = await ssm
    .send(new GetParameterCommand({ Name: parameter }))
    .catch((error: unknown) => {
      if ((error as Error).name !== "ParameterNotFound") throw error;
      throw new NoRecordError(`There is no parameter ${parameter}: apply the endpoint's stack first`);
    });
  return parseRecorded(Parameter?.Value ?? "", parameter);
}

export async function recordReleases(ssm: SSMClient, parameter: string, recorded: Recorded): Promise<void> {
  await ssm.send(
    new PutParameterCommand({ Name: parameter, Value: JSON.stringify(recorded), Overwrite: true }),
  );
}
