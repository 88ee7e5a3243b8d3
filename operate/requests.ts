import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { InvokeEndpointAsyncCommand, type SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { scoresIn, type Scored, type Scoring } from "./scoring";

/** An asynchronous endpoint, and where it is asked. */
export interface RequestedEndpoint {
  readonly runtime: SageMakerRuntimeClient;
  readonly s3: S3Client;
  readonly endpoint: string;
  readonly bucket: string;
  /** Of the keys of requests. */
  readonly requestPrefix: string;
  /** Ends the waiting. */
  readonly signal?: AbortSignal | undefined;
  /** @default 45 minutes: an instance comes, and works on a request for 15 at most */
  readonly waitMilliseconds?: number;
}

const pollMilliseconds = 1_000;
const longestWait = 45 * 60_000;

/** Rows go to S3, and scores, or why there are none, are waited for there. They stay until they expire. */
export const scoringByS3 = (asked: RequestedEndpoint): Scoring => ({
  rowsAtATime: 10_000,
  score: (rows) => scoreByS3(asked, rows),
});

async function scoreByS3(asked: RequestedEndpoint, rows: readonly string[]): Promise<Scored> {
  const { s3, runtime, endpoint, bucket, requestPrefix } = asked;
  const key = `${requestPrefix}${randomUUID()}.csv`;
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: `${rows.join("\n")}\n`, ContentType: "text/csv" }),
  );
  const started = performance.now();
  const { OutputLocation = "", FailureLocation = "" } = await runtime.send(
    new InvokeEndpointAsyncCommand({
      EndpointName: endpoint,
      InputLocation: `s3://${bucket}/${key}`,
      ContentType: "text/csv",
      Accept: "text/csv",
    }),
  );
  const text = await answered(asked, { answer: OutputLocation, failure: FailureLocation });
  const milliseconds = performance.now() - started;
  return { scores: scoresIn(text, { endpoint, rows: rows.length }), milliseconds };
}

interface Places {
  readonly answer: string;
  readonly failure: string;
}

/** @throws Error with the endpoint's reason where it failed, and where nothing came */
async function answered(asked: RequestedEndpoint, { answer, failure }: Places): Promise<string> {
  const { s3, endpoint, signal, waitMilliseconds = longestWait } = asked;
  const deadline = Date.now() + waitMilliseconds;
  for (;;) {
    if (await isThere(s3, answer)) return textAt(s3, answer);
    if (await isThere(s3, failure)) throw new Error(`${endpoint} failed: ${await textAt(s3, failure)}`);
    if (Date.now() >= deadline)
      throw new Error(`${endpoint} has not answered in time; its answer would be ${answer}`);
    await sleep(pollMilliseconds, undefined, signal && { signal });
  }
}

/** By looking, which whoever may do it is allowed for a place where nothing is yet. */
async function isThere(s3: S3Client, uri: string): Promise<boolean> {
  const { Bucket, Key } = placeOf(uri);
  const { KeyCount = 0 } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: Key, MaxKeys: 1 }));
  return KeyCount > 0;
}

async function textAt(s3: S3Client, uri: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand(placeOf(uri)));
  return (await Body?.transformToString()) ?? "";
}

/** @throws Error for anything but `s3://bucket/key` */
function placeOf(uri: string): { readonly Bucket: string; readonly Key: string } {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  if (Bucket === undefined || Key === undefined)
    throw new Error(`SageMaker must say where an answer will be, as s3://bucket/key, got: ${uri}`);
  return { Bucket, Key };
}
