import { createWriteStream } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, paginateListObjectsV2, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { StepFailure } from "../execution/failure";
import { allSettledOrThrow } from "../all-settled-or-throw";

export interface S3Location {
  readonly bucket: string;
  /** Without a leading slash. */
  readonly key: string;
}

/** @throws StepFailure for anything but `s3://bucket/key` */
export function locationOf(uri: string): S3Location {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(uri) ?? [];
  if (!bucket) throw new StepFailure(`ClientError: ${JSON.stringify(uri)} is not an S3 URI`);
  return { bucket, key };
}

/**
 * Where an object is below the folder that an S3 prefix is brought to: `a/b/` and `a/b` both leave out `a/b/`;
 * a prefix that ends within a name leaves out what is before that name.
 */
export function relativeKey(prefix: string, key: string): string {
  const rest = key.slice(prefix.length);
  if (prefix === "" || prefix.endsWith("/")) return rest;
  return rest.startsWith("/") ? rest.slice(1) : key.slice(prefix.lastIndexOf("/") + 1);
}

/**
 * Brings every object below a prefix into a folder.
 * @returns the files, relative to the folder
 * @throws StepFailure when there is none, as SageMaker's jobs do
 */
export async function download(s3: S3Client, uri: string, folder: string): Promise<string[]> {
  const { bucket, key: prefix } = locationOf(uri);
  const keys = await keysBelow(s3, bucket, prefix);
  if (keys.length === 0) throw new StepFailure(`ClientError: No S3 objects found under S3 URL "${uri}"`);
  const files = keys.map((key) => ({ key, file: relativeKey(prefix, key) }));
  await allSettledOrThrow(
    files.map(async ({ key, file }) => {
      const target = join(folder, file);
      if (!target.startsWith(`${folder}/`))
        throw new StepFailure(`ClientError: the key ${JSON.stringify(key)} leads out of its folder`);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      await write(Body as Readable, target).catch((error: unknown) => {
        const { message } = error as Error;
        throw new StepFailure(`ClientError: the key ${JSON.stringify(key)} is no file's: ${message}`);
      });
    }),
  );
  return files.map(({ file }) => file);
}

/** Brings one object to a file. */
export async function downloadObject(s3: S3Client, uri: string, file: string): Promise<void> {
  const { bucket, key } = locationOf(uri);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  await write(Body as Readable, file);
}

async function write(content: Readable, file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await pipeline(content, createWriteStream(file));
}

async function keysBelow(s3: S3Client, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: bucket, Prefix: prefix }))
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key && !Key.endsWith("/") ? Key : [])));
  return keys.sort();
}

/** Text of one object. */
export async function readText(s3: S3Client, uri: string): Promise<string> {
  const { bucket, key } = locationOf(uri);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await Body?.transformToString()) ?? "";
}

/** Writes a file to S3, whole or not at all, encrypted with a key where one is given. */
export async function upload(
  s3: S3Client,
  file: string,
  uri: string,
  kmsKeyId: string | undefined,
): Promise<void> {
  const { bucket, key } = locationOf(uri);
  const encryption = kmsKeyId
    ? ({ ServerSideEncryption: "aws:kms", SSEKMSKeyId: kmsKeyId } as const)
    : undefined;
  await s3.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: await readFile(file), ...encryption }),
  );
}

/** Writes all files of a folder below a prefix. */
export async function uploadFolder(
  s3: S3Client,
  folder: string,
  uri: string,
  kmsKeyId: string | undefined,
): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((each) => each.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const base = uri.endsWith("/") ? uri : `${uri}/`;
  await allSettledOrThrow(
    files.map((file) => upload(s3, file, `${base}${file.slice(folder.length + 1)}`, kmsKeyId)),
  );
}
