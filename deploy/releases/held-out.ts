import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { evaluationFile, heldOutFile } from "../../core/releases";
import type { HeldOut } from "./test-release";

/**
 * The rows that a version's evaluation was made on, which lie beside it.
 * @param uri of the evaluation, as the version names it
 * @throws Error where there are none, or where the evaluation says no AUC
 */
export async function heldOutRows(s3: S3Client, uri: string): Promise<HeldOut> {
  if (!uri.endsWith(evaluationFile))
    throw new Error(
      `held-out rows lie beside …/evaluation/evaluation.json, and the version's evaluation is ${uri}`,
    );
  const report = JSON.parse(await textAt(s3, uri)) as {
    readonly classification_metrics?: { readonly auc?: { readonly value?: number } };
  };
  const recordedAuc = report.classification_metrics?.auc?.value;
  if (recordedAuc === undefined) throw new Error(`${uri} must have classification_metrics.auc.value`);
  const place = uri.replace(evaluationFile, heldOutFile);
  return { text: await textAt(s3, place), uri: place, recordedAuc };
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
