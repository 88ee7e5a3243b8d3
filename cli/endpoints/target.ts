import { S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Estate, WorkloadEnvironment } from "../../config/schema";
import { endpointNames, type EndpointNames } from "../../core/naming";
import type { EndpointKind } from "../../core/releases";
import { endpointStackId } from "../../core/stack-ids";
import { scoringByS3 } from "../../operate/requests";
import { scoringAtOnce, type Scoring } from "../../operate/scoring";
import type { ModelDefinition } from "../../pipelines/model";
import type { Applier } from "../../stacks/kind";
import { endpointSettingsOf } from "../../stacks/kinds/endpoint/settings-of";
import { namesOfWorkload, servesIn } from "../../stacks/topology";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { findModel, findWorkload, modelsOf } from "../estate/find";

/** A model's endpoint in an account, and clients that ask there. */
export interface EndpointTarget {
  readonly workload: WorkloadEnvironment;
  readonly model: ModelDefinition;
  /** Who is at work: an administrator, or the CI server by its deploy roles alone. */
  readonly by: Applier;
  readonly names: EndpointNames;
  readonly stackId: string;
  /** How its file wants it to serve. */
  readonly kind: EndpointKind;
  readonly sagemaker: SageMakerClient;
  readonly ssm: SSMClient;
  /** Gives it rows. @param signal ends the waiting for an answer */
  readonly scoring: (signal?: AbortSignal) => Scoring;
}

/** @throws UsageError where the environment serves no such model, or is none of the CI server's that asks */
export async function findEndpoint(
  context: Context,
  environment: string,
  modelName: string,
  by: Applier = "administrator",
): Promise<EndpointTarget> {
  const workload = findWorkload(context.estate, environment);
  const model = findModel(modelName);
  if (!servedIn(workload).includes(model))
    throw new UsageError(
      `Environment ${environment} does not serve ${modelName}: its file has no models.${modelName}.endpoint`,
    );
  const access = await context.accessAs(workload, releaserRole(context.estate, workload, by));
  const names = endpointNames(context.estate.shared.project, model.name);
  const { kind } = endpointSettingsOf(workload, model);
  return {
    ...{ workload, model, by, names, kind },
    stackId: endpointStackId(workload, model),
    sagemaker: new SageMakerClient(access),
    ssm: new SSMClient(access),
    scoring: (signal) => {
      const runtime = new SageMakerRuntimeClient(access);
      const { endpoint, requestPrefix } = names;
      if (kind !== "asynchronous") return scoringAtOnce(runtime, endpoint);
      const { dataBucket: bucket } = namesOfWorkload(context.estate, workload);
      return scoringByS3({ runtime, s3: new S3Client(access), endpoint, bucket, requestPrefix, signal });
    },
  };
}

/** The models that a workload has endpoints for. */
export const servedIn = (workload: WorkloadEnvironment): ModelDefinition[] =>
  modelsOf(workload).filter((model) => servesIn(workload, model));

/** Who releases, and where. */
export type Releasing = Pick<EndpointTarget, "workload" | "by">;

/** Name of the role by which somebody releases in an account. @throws UsageError where the CI server has none there */
export function releaserRole(estate: Estate, workload: WorkloadEnvironment, by: Applier): string {
  if (by === "administrator") return estate.shared.adminRole;
  if (workload.ci !== undefined) return namesOfWorkload(estate, workload).deployRole;
  throw new UsageError(
    `Environment ${workload.name} names no "ci": the CI server has no role there, and an administrator releases`,
  );
}

/**
 * Name of the role by which somebody who releases reads what a version was evaluated on.
 * @throws UsageError where it is another CI server's account, or none's
 */
export function trainerRole(
  estate: Estate,
  { workload, by }: Releasing,
  trainer: WorkloadEnvironment,
): string {
  if (by === "administrator" || trainer.ci === workload.ci) return releaserRole(estate, trainer, by);
  throw new UsageError(
    `Environment ${trainer.name} has the rows that the version is tested with, and must name the "ci" of ${workload.name}, ` +
      `${workload.ci ?? "which names none"}: it names ${trainer.ci ?? "none"}`,
  );
}
