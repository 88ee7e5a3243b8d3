import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { evaluationFile, heldOutFile } from "../../core/releases";
import { expiringPrefixes } from "../../core/retention";
import type { HeldOut } from "./test-release";

/**
 * The rows that a version's evaluation was made on: among the splits of the execution that made it, or, of versions of before splits had a
 * place of their own, beside the evaluation.
 * @param uri of the evaluation, as the version names it
 * @throws Error where there are none, or where the evaluation says no AUC
 */
export async function heldOutRows(s3: S3Client, uri: string): Promise<HeldOut> {
  if (!uri.endsWith(evaluationFile))
    throw new Error(
      `held-out rows are found by …/evaluation/evaluation.json, and the version's evaluation is ${uri}`,
    );
  const report = JSON.parse(await textAt(s3, uri)) as {
    readonly classification_metrics?: { readonly auc?: { readonly value?: number } };
  };
  const recordedAuc = report.classification_metrics?.auc?.value;
  if (recordedAuc === undefined) throw new Error(`${uri} must have classification_metrics.auc.value`);
  const beside = uri.replace(evaluationFile, heldOutFile);
  const place = splitOf(uri) ?? beside;
  try {
    return { text: await textAt(s3, place), uri: place, recordedAuc };
  } catch (error) {
    const text = await textAt(s3, beside).catch(() => undefined);
    if (text === undefined) throw error;
    return { text, uri: beside, recordedAuc };
  }
}

/** `s3://bucket/model/pipeline/execution/evaluation/evaluation.json`: where that execution's split lies. */
function splitOf(uri: string): string | undefined {
  const [, bucket, model, execution] =
    /^(s3:\/\/[^/]+)\/([^/]+)\/[^/]+\/([^/]+)\/evaluation\/evaluation\.json$/.exec(uri) ?? [];
  if (bucket === undefined || model === undefined || execution === undefined) return undefined;
  return `${bucket}/${expiringPrefixes(model).splits}${execution}${heldOutFile}`;
}

async function textAt(s3: S3Client, uri: string): Promise<string> {
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? "";
  } catch (error) {
    throw new Error(`${uri} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
