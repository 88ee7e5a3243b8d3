import { createHash } from "node:crypto";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { GroundTruth } from "../pipelines/model";

/**
 * Name of a file of ground truth below its prefix: when it arrived, in UTC, which monitors go by, and a hash of its content.
 * `20261127T065147Z-0a1b2c3d.csv`
 */
export function groundTruthName(content: Uint8Array, arrived: Date): string {
  const time = arrived.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${time}-${createHash("sha256").update(content).digest("hex").slice(0, 8)}.csv`;
}

/**
 * Writes what became of predictions to a data bucket, where the model's monitor reads it, as arrived now.
 * @returns its URI
 */
export async function uploadGroundTruth(
  s3: S3Client,
  bucket: string,
  { prefix }: GroundTruth,
  content: Uint8Array,
): Promise<string> {
  const Key = `${prefix}${groundTruthName(content, new Date())}`;
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: content }));
  return `s3://${bucket}/${Key}`;
}
