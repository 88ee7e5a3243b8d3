import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { evaluate } from "./evaluate";

/** S3 URIs. */
interface Places {
  /** What batch transform wrote. */
  readonly predictions: string;
  readonly labels: string;
  /** Where the whole evaluation is written, JSON. */
  readonly report: string;
}

const s3 = new S3Client();
/** Bytes of either file: it is looked at in memory. */
const largest = 16 * 2 ** 20;

/**
 * A workflow's task: compares predictions with labels. What it hands back stands in the execution's history, so it is figures alone.
 * @throws Error where a file is too large, or there is not one prediction for each row
 */
export async function handler({ predictions, labels, report }: Places) {
  const evaluation = evaluate(await read(predictions), await read(labels));
  await s3.send(
    new PutObjectCommand({
      ...placeOf(report),
      Body: JSON.stringify(evaluation),
      ContentType: "application/json",
    }),
  );
  const { rows, accuracy } = evaluation;
  return { rows, accuracy };
}

async function read(uri: string): Promise<string> {
  const place = placeOf(uri);
  const { ContentLength = 0 } = await s3.send(new HeadObjectCommand(place));
  if (ContentLength > largest)
    throw new Error(`${uri} must be at most ${largest} bytes, got: ${ContentLength}`);
  const { Body } = await s3.send(new GetObjectCommand(place));
  return (await Body?.transformToString()) ?? "";
}

function placeOf(uri: string): { readonly Bucket: string; readonly Key: string } {
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (!Key) throw new Error(`a place must be s3://bucket/key, got: ${uri}`);
  return { Bucket, Key };
}
