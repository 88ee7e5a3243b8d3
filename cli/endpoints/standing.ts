import type { DescribeEndpointCommandOutput } from "@aws-sdk/client-sagemaker";
import { configurationName, type EndpointKind, type Recorded, type Release } from "../../core/releases";
import { describeEndpoint, NoRecordError, recordedReleases } from "../../operate/endpoints";
import type { EndpointTarget } from "./target";

/** How an endpoint stands, as `--json` has it. */
export interface Standing {
  readonly environment: string;
  readonly model: string;
  readonly endpoint: string;
  /** SageMaker's; none: nothing was released. */
  readonly status: string | null;
  readonly configuration: string | null;
  /** What is recorded as serving. */
  readonly release: Release | null;
  readonly before: Release | null;
  /** Whether what serves is what is recorded. */
  readonly asRecorded: boolean;
  readonly failureReason: string | null;
  /** How it serves; before the first release, how it is to. */
  readonly kind: EndpointKind;
  readonly instances: number | null;
  /** MB of each copy, and how many work side by side. */
  readonly serverless: { readonly memoryMb: number; readonly maxConcurrency: number } | null;
  readonly capturePercent: number | null;
  readonly lastModifiedAt: Date | null;
}

export async function standingOf({
  workload,
  model,
  kind,
  names,
  sagemaker,
  ssm,
}: EndpointTarget): Promise<Standing> {
  const [described, [release, before]] = await Promise.all([
    describeEndpoint(sagemaker, names.endpoint),
    recordedReleases(ssm, names.parameter).catch(noneBeforeApply),
  ]);
  return {
    ...{ environment: workload.name, model: model.name, endpoint: names.endpoint },
    ...{ release: release ?? null, before: before ?? null },
    ...factsOfEndpoint(described),
    kind: described ? kindOf(described) : kind,
    asRecorded: described?.EndpointConfigName === (release && configurationName(names.endpoint, release.key)),
  };
}

function noneBeforeApply(error: unknown): Recorded {
  if (error instanceof NoRecordError) return [];
  throw error;
}

function kindOf({ AsyncInferenceConfig, ProductionVariants }: DescribeEndpointCommandOutput): EndpointKind {
  if (AsyncInferenceConfig) return "asynchronous";
  return ProductionVariants?.[0]?.CurrentServerlessConfig ? "serverless" : "real-time";
}

const serverlessOf = ({ ProductionVariants }: Partial<DescribeEndpointCommandOutput>) => {
  const { MemorySizeInMB, MaxConcurrency } = ProductionVariants?.[0]?.CurrentServerlessConfig ?? {};
  return MemorySizeInMB === undefined || MaxConcurrency === undefined
    ? null
    : { memoryMb: MemorySizeInMB, maxConcurrency: MaxConcurrency };
};

const factsOfEndpoint = (described: Partial<DescribeEndpointCommandOutput> = {}) => ({
  status: described.EndpointStatus ?? null,
  configuration: described.EndpointConfigName ?? null,
  failureReason: described.FailureReason ?? null,
  instances: described.ProductionVariants?.[0]?.CurrentInstanceCount ?? null,
  serverless: serverlessOf(described),
  capturePercent: described.DataCaptureConfig?.CurrentSamplingPercentage ?? null,
  lastModifiedAt: described.LastModifiedTime ?? null,
});
