import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { Estate, WorkloadEnvironment } from "../../config/schema";
import { listPipelines } from "../../operate/pipelines";
import { pipelineArn } from "../../core/arns";
import { pipelinesIn } from "../../stacks/model-pipelines";
import { accountRegionOf } from "../../stacks/topology";
import { UsageError } from "../errors";
import { hint, modelsOf } from "../estate/find";

/** A pipeline of an account. */
export interface PipelineName {
  readonly name: string;
  readonly arn: string;
}

/** What a model's pipeline is called in full, and in short: `<model>-train`, or `train` where there is one model. */
interface KnownPipeline {
  /** What its model calls it. */
  readonly name: string;
  readonly full: string;
  readonly short: readonly string[];
}

/** The pipelines that configuration says an account has. */
export function knownPipelines(estate: Estate, workload: WorkloadEnvironment): readonly KnownPipeline[] {
  const models = modelsOf(workload);
  return models.flatMap((model) =>
    Object.entries(pipelinesIn(estate, workload, model)).map(([short, { name }]) => ({
      name: short,
      full: name,
      short: models.length === 1 ? [short, `${model.name}-${short}`] : [`${model.name}-${short}`],
    })),
  );
}

/**
 * Finds a pipeline by its name or short form; one that configuration does not know is looked up in the account.
 * @throws UsageError where there is none
 */
export async function findPipeline(
  estate: Estate,
  workload: WorkloadEnvironment,
  sagemaker: SageMakerClient,
  given: string,
): Promise<PipelineName> {
  const known = knownPipelines(estate, workload);
  const meant = known.find(({ full, short }) => full === given || short.includes(given));
  if (meant) return { name: meant.full, arn: pipelineArn(accountRegionOf(workload), meant.full) };
  const namesakes = known.filter(({ name }) => name === given).flatMap(({ short }) => short[0] ?? []);
  if (namesakes.length > 0)
    throw new UsageError(
      `Environment ${workload.name} has more than one pipeline "${given}": ${namesakes.join(", ")}`,
    );
  const deployed = await listPipelines(sagemaker);
  const { PipelineArn: arn } = deployed.find(({ PipelineName }) => PipelineName === given) ?? {};
  if (arn) return { name: given, arn };
  const names = [
    ...known.flatMap(({ short, full }) => [...short.slice(0, 1), full]),
    ...deployed.flatMap(({ PipelineName = "" }) => PipelineName),
  ];
  throw new UsageError(
    `Environment ${workload.name} has no pipeline "${given}"${hint(given, [...new Set(names)])}`,
  );
}
