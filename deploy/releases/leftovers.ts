import {
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { configurationName } from "../../core/releases";
import { describeEndpoint } from "../../operate/endpoints";
import { managedIn } from "../terraform/state-json";
import type { ReleaseRequest } from "./release";

/**
 * Removes a release's model and configuration where they stand and no state knows them: Terraform was killed before it saved its state, or
 * the answer of a call got lost that had been carried out. Their names are the release's, so they could not be made. What serves stays, and so
 * does all while somebody holds the state's lock.
 */
export async function removeLeftovers({
  accounts,
  stack,
  names: { endpoint },
  release,
  sagemaker,
  report,
}: Pick<ReleaseRequest, "accounts" | "stack" | "names" | "release" | "sagemaker" | "report">): Promise<void> {
  const name = configurationName(endpoint, release.key);
  const state = await accounts.stateOf(stack);
  if ((await state.lock()) !== undefined || (await serves(sagemaker, endpoint, name))) return;
  const known = managedIn(await state.read());
  const isKnown = (type: string): boolean =>
    known.some(
      (each) => each.type === type && each.instances.some(({ attributes }) => attributes?.name === name),
    );
  const EndpointConfigName = name;
  if (
    !isKnown("aws_sagemaker_endpoint_configuration") &&
    (await isThere(() => sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName }))))
  ) {
    report(`removing the configuration ${name}, which a run left that was killed`);
    await sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName }));
  }
  if (
    !isKnown("aws_sagemaker_model") &&
    (await isThere(() => sagemaker.send(new DescribeModelCommand({ ModelName: name }))))
  ) {
    report(`removing the model ${name}, which a run left that was killed`);
    await sagemaker.send(new DeleteModelCommand({ ModelName: name }));
  }
}

async function serves(sagemaker: SageMakerClient, endpoint: string, name: string): Promise<boolean> {
  const described = await describeEndpoint(sagemaker, endpoint);
  return [described?.EndpointConfigName, described?.PendingDeploymentSummary?.EndpointConfigName].includes(
    name,
  );
}

/** SageMaker says `ValidationException` of what it cannot find. */
async function isThere(describe: () => Promise<unknown>): Promise<boolean> {
  try {
    await describe();
    return true;
  } catch (error) {
    if ((error as Error).name === "ValidationException") return false;
    throw error;
  }
}
