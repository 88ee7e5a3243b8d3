import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { execa } from "execa";
import type { DataSets } from "../pipelines/model";

export interface MakeDataSets {
  /** Python with pandas. */
  readonly python: string;
  readonly dataSets: DataSets;
  /** Source file. @default the one that is shipped with the model */
  readonly data?: string | undefined;
  /** Folder to write the files to. */
  readonly out: string;
}

/**
 * Makes a model's training and batch files; none is left half-written.
 * @returns a line for each file, with its rows
 * @throws Error with what the script says of the data
 */
export async function makeDataSets({
  python,
  dataSets: { script },
  data,
  out,
}: MakeDataSets): Promise<string[]> {
  const source = data === undefined ? [] : ["--data", data];
  const { exitCode, stdout, stderr } = await execa(python, [script, ...source, "--out", out], {
    stdin: "ignore",
    reject: false,
    env: { PYTHONDONTWRITEBYTECODE: "1" },
  });
  if (exitCode !== 0) throw new Error(stderr.trim() || `${script} failed`);
  return stdout.trim().split("\n");
}

/** A model's file and where it belongs in a data bucket. */
export interface DataObject {
  readonly file: string;
  readonly key: string;
}

/** Where each of a model's files belongs; the training file that joins later is left out on request. */
export function dataObjects(dataSets: DataSets, which: "first" | "all"): DataObject[] {
  const { training, trainingPrefix, batch, batchPrefix } = dataSets;
  const parts = which === "first" ? [training.first] : [training.first, training.later];
  return [
    ...parts.map((file) => ({ file, key: `${trainingPrefix}${file}` })),
    ...[batch.clean, batch.drifted].map((file) => ({ file, key: `${batchPrefix}${file}` })),
  ];
}

/**
 * Writes a model's files to a data bucket, where its pipelines look by default.
 * @returns their URIs
 */
export async function uploadDataSets(
  s3: S3Client,
  bucket: string,
  folder: string,
  objects: readonly DataObject[],
): Promise<string[]> {
  return Promise.all(
    objects.map(async ({ file, key }) => {
      const Body = await readFile(join(folder, file));
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body }));
      return `s3://${bucket}/${key}`;
    }),
  );
}
