import { DescribeProcessingJobCommand, type SageMakerClient } from "@aws-sdk/client-sagemaker";
import { paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { describeVersion } from "../../operate/model-packages";
import { textAt, type AccountClients } from "./accounts";
import { rowsOf } from "./csv";
import type { EndedExecution } from "./executions";
import type { ModelVersionReport } from "../report/types";

/** The version that an execution registered. */
export function registeredBy({ steps }: EndedExecution): string {
  const arn = steps.flatMap(({ Metadata }) => Metadata?.RegisterModel?.Arn ?? [])[0];
  if (!arn) throw new Error("The execution registered no model");
  return arn;
}

interface Evaluation {
  readonly classification_metrics: {
    readonly auc: { readonly value: number };
    readonly auc_low: { readonly value: number };
    readonly auc_high: { readonly value: number };
    readonly receiver_operating_characteristic_curve: {
      readonly false_positive_rates: readonly number[];
      readonly true_positive_rates: readonly number[];
    };
  };
}

/** What is known of a version, from what its training left in the registry and in the trainer's bucket. */
export async function versionReport(
  registry: SageMakerClient,
  trainer: AccountClients,
  trainedIn: string,
  training: EndedExecution,
): Promise<ModelVersionReport> {
  const arn = registeredBy(training);
  const {
    ModelPackageVersion = 0,
    ModelApprovalStatus = "",
    ModelMetrics,
  } = await describeVersion(registry, arn);
  const uri = ModelMetrics?.ModelQuality?.Statistics?.S3Uri;
  if (!uri) throw new Error(`${arn} has no evaluation`);
  const { classification_metrics: metrics } = JSON.parse(await textAt(trainer.s3, uri)) as Evaluation;
  const curve = metrics.receiver_operating_characteristic_curve;
  return {
    version: ModelPackageVersion,
    modelPackageArn: arn,
    trainedIn,
    rows: await rowsUsed(trainer, training),
    auc: { value: metrics.auc.value, low: metrics.auc_low.value, high: metrics.auc_high.value },
    curve: curve.false_positive_rates.map((falsePositiveRate, index) => ({
      falsePositiveRate,
      truePositiveRate: curve.true_positive_rates[index] ?? 0,
    })),
    approvalStatus: ModelApprovalStatus,
  };
}

const splits = ["train", "validation", "test"];

/** Rows of the sets that the execution's preprocessing made. */
async function rowsUsed({ sagemaker, s3 }: AccountClients, { steps }: EndedExecution): Promise<number> {
  const counts = steps.map(async ({ Metadata }) => {
    const name = Metadata?.ProcessingJob?.Arn?.split("/").at(-1);
    if (!name) return 0;
    const job = await sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName: name }));
    const sets = (job.ProcessingOutputConfig?.Outputs ?? []).filter(({ OutputName = "" }) =>
      splits.includes(OutputName),
    );
    const rows = await Promise.all(sets.map(({ S3Output }) => rowsBelow(s3, S3Output?.S3Uri ?? "")));
    return rows.reduce((sum, each) => sum + each, 0);
  });
  return (await Promise.all(counts)).reduce((sum, each) => sum + each, 0);
}

/** Rows of all CSV files below a prefix. */
export async function rowsBelow(s3: S3Client, uri: string): Promise<number> {
  const [, bucket = "", prefix = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  let rows = 0;
  for await (const { Contents = [] } of paginateListObjectsV2(
    { client: s3 },
    { Bucket: bucket, Prefix: prefix },
  ))
    for (const { Key = "" } of Contents) rows += rowsOf(await textAt(s3, `s3://${bucket}/${Key}`)).length;
  return rows;
}
