import { SageMakerClient, type DescribeModelPackageCommandOutput } from "@aws-sdk/client-sagemaker";
import type { Estate, WorkloadEnvironment } from "../../config/schema";
import type { Release } from "../../core/releases";
import type { AccountAccess } from "../../deploy/access/account-access";
import { acceptableRelease } from "../../deploy/releases/acceptable";
import { recordedReleases } from "../../operate/endpoints";
import { describeVersion } from "../../operate/model-packages";
import { servedHash } from "../../stacks/kinds/endpoint/served";
import { acceptedVersions } from "../../stacks/model-versions";
import { namesOfWorkload, registryOf, workloadsOf } from "../../stacks/topology";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { chooseVersion, findRegisteredModel, registryReader } from "../models/versions";
import { packageArn, parsePackageArn } from "./packages";
import { releaserRole, trainerRole, type EndpointTarget, type Releasing } from "./target";

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
export const registryClient = (context: Context, { workload, by }: Releasing): Promise<SageMakerClient> =>
  by === "ci"
    ? context
        .accessAs(workload, releaserRole(context.estate, workload, by))
        .then((access) => new SageMakerClient(access))
    : registryReader(context, workload.name);

/** URI of what says how good a version is. */
export const evaluationOf = ({
  ModelMetrics,
}: Partial<DescribeModelPackageCommandOutput>): string | undefined =>
  ModelMetrics?.ModelQuality?.Statistics?.S3Uri;

/** The environment that a version was evaluated in. @throws Error where it is none of the estate's */
export function evaluatorOf(estate: Estate, uri: string): WorkloadEnvironment {
  const trainer = workloadsOf(estate).find((each) =>
    uri.startsWith(`s3://${namesOfWorkload(estate, each).dataBucket}/`),
  );
  if (trainer) return trainer;
  throw new Error(`no environment has the bucket of the version's evaluation, ${uri || "which it has not"}`);
}

/** The account that trained a version, for what it was evaluated on. @throws UsageError, AccessError */
export const trainerAccess = (
  context: Context,
  releasing: Releasing,
  trainer: WorkloadEnvironment,
): Promise<AccountAccess> => context.accessAs(trainer, trainerRole(context.estate, releasing, trainer));
