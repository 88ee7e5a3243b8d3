import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { WorkloadEnvironment } from "../../config/schema";
import type { AccountAccess } from "../../deploy/access/account-access";
import { namesOfWorkload, workloadsOf } from "../../stacks/topology";
import type { Context } from "../context";
import { describeError } from "../errors";

/** How good a version is, as its evaluation says. */
export interface Quality {
  /** By name, such as `auc`. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** Why they could not be read. */
  readonly metricsUnreadable?: string;
}

/**
 * Reads a version's metrics from the data bucket of the account that trained it. What cannot be read is said, for the
 * rest of a version is worth showing.
 * @param uri of its evaluation
 */
export async function readQuality(
  context: Context,
  uri: string | undefined,
  accessTrainer: AccessTrainer = (trainer) => context.access(trainer, "scientist"),
): Promise<Quality> {
  if (uri === undefined) return {};
  try {
    return { metrics: metricsIn(await textAt(context, uri, accessTrainer)) };
  } catch (error) {
    return { metricsUnreadable: `could not be read: ${describeError(error)}` };
  }
}

/** How the account that trained a version is reached. */
type AccessTrainer = (trainer: WorkloadEnvironment) => Promise<AccountAccess>;

async function textAt({ estate }: Context, uri: string, accessTrainer: AccessTrainer): Promise<string> {
  const [, Bucket = "", Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  const trainer = workloadsOf(estate).find((each) => namesOfWorkload(estate, each).dataBucket === Bucket);
  if (!trainer) throw new Error(`no environment has the bucket ${Bucket}`);
  const { Body } = await new S3Client(await accessTrainer(trainer)).send(
    new GetObjectCommand({ Bucket, Key }),
  );
  return (await Body?.transformToString()) ?? "";
}

/**
 * The metrics in a model quality report: each is an object with a number as its `value`.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
 */
export function metricsIn(text: string): Record<string, number> {
  const groups = Object.values(JSON.parse(text) as Record<string, unknown>);
  const metrics = groups.flatMap((group) => (isObject(group) ? Object.entries(group) : []));
  return Object.fromEntries(
    metrics.flatMap(([name, metric]) =>
      isObject(metric) && typeof metric.value === "number" ? [[name, metric.value]] : [],
    ),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
