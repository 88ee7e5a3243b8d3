import type { S3Client } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { describeVersion } from "../../operate/model-packages";
import { textAt, textsBelow, type AccountClients } from "./accounts";
import { rowsOf } from "./csv";
import type { EndedExecution } from "./executions";
import { dataSetsOf } from "./jobs";
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

/** Rows of the sets that a training used. */
async function rowsUsed({ sagemaker, s3 }: AccountClients, training: EndedExecution): Promise<number> {
  const sets = await dataSetsOf(sagemaker, training);
  const rows = await Promise.all(sets.map((uri) => rowsBelow(s3, uri)));
  return rows.reduce((sum, each) => sum + each, 0);
}

/** Rows of all CSV files below a prefix. */
export const rowsBelow = async (s3: S3Client, uri: string): Promise<number> =>
  (await textsBelow(s3, uri)).reduce((sum, text) => sum + rowsOf(text).length, 0);
