import {
  DeleteEndpointCommand,
  DeleteEndpointConfigCommand,
  DeleteModelCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { configurationName } from "../../core/releases";
import { describeEndpoint, settledEndpoint } from "../../operate/endpoints";
import { managedIn, type StateJson } from "../terraform/state-json";
import type { ReleaseRequest } from "./release";

type Request = Pick<
  ReleaseRequest,
  "accounts" | "stack" | "names" | "release" | "sagemaker" | "report" | "runs"
>;

/**
 * Removes a release's model and configuration where they stand and no state knows them: Terraform was killed before it saved its state, or
 * the answer of a call got lost that had been carried out. Their names are the release's, so they could not be made. What serves stays, and so
 * does all while somebody holds the state's lock. An endpoint goes, too, where nothing was ever released to it: the first release was killed
 * while AWS made it.
 * @param isFirst whether no release is on record
 */
export async function removeLeftovers(request: Request, isFirst: boolean): Promise<void> {
  const { accounts, stack, names, release, sagemaker, report } = request;
  const name = configurationName(names.endpoint, release.key);
  const stored = await accounts.stateOf(stack);
  if ((await stored.lock()) !== undefined) return;
  const state = await stored.read();
  if (isFirst && !knows(state, "aws_sagemaker_endpoint", names.endpoint)) await removeEndpoint(request);
  if (await serves(sagemaker, names.endpoint, name)) return;
  const EndpointConfigName = name;
  if (
    !knows(state, "aws_sagemaker_endpoint_configuration", name) &&
    (await isThere(() => sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName }))))
  ) {
    report(`removing the configuration ${name}, which a run left that was killed`);
    await sagemaker.send(new DeleteEndpointConfigCommand({ EndpointConfigName }));
  }
  if (
    !knows(state, "aws_sagemaker_model", name) &&
    (await isThere(() => sagemaker.send(new DescribeModelCommand({ ModelName: name }))))
  ) {
    report(`removing the model ${name}, which a run left that was killed`);
    await sagemaker.send(new DeleteModelCommand({ ModelName: name }));
  }
}

const knows = (state: StateJson, type: string, name: string): boolean =>
  managedIn(state).some(
    (each) => each.type === type && each.instances.some(({ attributes }) => attributes?.name === name),
  );

/** If it is a release's: somebody else's may have the name. */
async function removeEndpoint({ names, sagemaker, report, runs }: Request): Promise<void> {
  const EndpointName = names.endpoint;
  const described = await describeEndpoint(sagemaker, EndpointName);
  if (!described?.EndpointConfigName?.startsWith(`${EndpointName}-`)) return;
  report(`removing the endpoint ${EndpointName}, which a run left that was killed, once AWS is done with it`);
  if (!(await settledEndpoint(sagemaker, EndpointName, runs.signal))) return;
  await sagemaker.send(new DeleteEndpointCommand({ EndpointName }));
  await settledEndpoint(sagemaker, EndpointName, runs.signal);
}

/** Or may: of an endpoint that is not at rest only AWS knows between what it changes, where it says nothing of it. */
async function serves(sagemaker: SageMakerClient, endpoint: string, name: string): Promise<boolean> {
  const described = await describeEndpoint(sagemaker, endpoint);
  if (described === undefined) return false;
  const { EndpointConfigName, EndpointStatus = "", PendingDeploymentSummary: pending } = described;
  if (pending === undefined && !["InService", "Failed"].includes(EndpointStatus)) return true;
  return [EndpointConfigName, pending?.EndpointConfigName].includes(name);
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
