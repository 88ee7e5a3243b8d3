import type { DescribeModelPackageCommandOutput, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { WorkloadEnvironment } from "../../config/schema";
import type { Release } from "../../core/releases";
import type { AccountAccess } from "../../deploy/access/account-access";
import { acceptableRelease } from "../../deploy/releases/acceptable";
import { recordedReleases } from "../../operate/endpoints";
import { describeVersion } from "../../operate/model-packages";
import { servedHash } from "../../stacks/kinds/endpoint/served";
import { acceptedVersions } from "../../stacks/model-versions";
import { registryOf } from "../../stacks/topology";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { chooseVersion, findRegisteredModel } from "../models/versions";
import { packageArn, parsePackageArn } from "./packages";
import { releaserRole, type EndpointTarget } from "./target";

/** A version that may be released, and what the registry says of it. */
export interface Candidate {
  readonly release: Release;
  readonly described: DescribeModelPackageCommandOutput;
}

/**
 * What is to be released.
 * @param given number or ARN. @default what serves, with the settings that the environment's file has now
 * @throws UsageError where there is no such version; Error where it may not be released
 */
export async function candidateOf(
  context: Context,
  target: EndpointTarget,
  given: string | undefined,
): Promise<Candidate> {
  const { workload, model } = target;
  const arn = await packageOf(context, target, given);
  const described = await describeVersion(await registryClient(context, target), arn);
  const release = acceptableRelease(
    described,
    acceptedVersions(context.estate, workload, model),
    servedHash(context.estate, workload, model),
  );
  return { release, described };
}

/** ARN of the version that is meant. */
async function packageOf(
  context: Context,
  { workload, model, by, names, ssm }: EndpointTarget,
  given: string | undefined,
): Promise<string> {
  const { estate } = context;
  if (given?.startsWith("arn:")) {
    const { models } = parsePackageArn(estate, given);
    if (models.includes(model)) return given;
    throw new UsageError(`${given} is no version of ${model.name}`);
  }
  if (given !== undefined && by === "ci" && /^[1-9]\d{0,8}$/.test(given))
    return packageArn(registryOf(estate, workload), model.modelPackageGroup, given);
  if (given !== undefined) {
    const registered = await findRegisteredModel(context, workload.name, model.name);
    return chooseVersion(registered, given, { where: () => false, words: "version" }).modelPackageArn;
  }
  const [serves] = await recordedReleases(ssm, names.parameter);
  if (serves) return serves.modelPackageArn;
  throw new UsageError(`Which version? Nothing serves ${model.name} in ${workload.name} yet: name one`);
}

/** Asks the registry: the CI server from the account it releases in, whose deploy role the package group lets read versions. */
export async function registryClient(
  context: Context,
  { workload, model, by, sagemaker }: EndpointTarget,
): Promise<SageMakerClient> {
  return by === "ci" ? sagemaker : (await findRegisteredModel(context, workload.name, model.name)).sagemaker;
}

/** The account that trained a version, for what it was evaluated on. */
export const trainerAccess = (
  context: Context,
  { by }: EndpointTarget,
  trainer: WorkloadEnvironment,
): Promise<AccountAccess> => context.accessAs(trainer, releaserRole(context.estate, trainer, by));
