import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  paginateListEndpoints,
  type DescribeEndpointOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { unlessGone } from "./unless-gone";

/** All endpoints of the account, whoever made them. */
export async function endpointsOf(client: SageMakerClient): Promise<DescribeEndpointOutput[]> {
  const found: DescribeEndpointOutput[] = [];
  for await (const { Endpoints = [] } of paginateListEndpoints({ client }, {}))
    for (const { EndpointName } of Endpoints) {
      const described = await unlessGone(client.send(new DescribeEndpointCommand({ EndpointName })));
      if (described) found.push(described);
    }
  return found;
}

/**
 * AWS tells of a second configuration while an endpoint is created or updated; where one goes back, or could not, only it knows which
 * serves. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html
 */
export const saysWhatItUses = (endpoint: DescribeEndpointOutput): boolean =>
  endpoint.PendingDeploymentSummary !== undefined ||
  ["InService", "OutOfService", "SystemUpdating", "Failed"].some(
    (status) => status === endpoint.EndpointStatus,
  );

/** Names of configurations. */
export const configurationsOf = (endpoint: DescribeEndpointOutput): string[] =>
  [endpoint.EndpointConfigName, endpoint.PendingDeploymentSummary?.EndpointConfigName].flatMap(
    (name) => name ?? [],
  );

/**
 * Whether it is one that failed when it was created: nothing is hosted behind it. One that has served, and failed when it was changed, is for
 * a person to look at. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantSummary.html
 */
export const neverCameUp = ({ EndpointStatus, ProductionVariants = [] }: DescribeEndpointOutput): boolean =>
  EndpointStatus === "Failed" && ProductionVariants.length === 0;

/** Names of the models that configurations serve. */
export async function modelsOf(
  client: SageMakerClient,
  configurations: readonly string[],
): Promise<string[]> {
  const models: string[] = [];
  for (const EndpointConfigName of configurations) {
    const { ProductionVariants = [], ShadowProductionVariants = [] } =
      (await unlessGone(client.send(new DescribeEndpointConfigCommand({ EndpointConfigName })))) ?? {};
    models.push(
      ...[...ProductionVariants, ...ShadowProductionVariants].flatMap(({ ModelName }) => ModelName ?? []),
    );
  }
  return models;
}
