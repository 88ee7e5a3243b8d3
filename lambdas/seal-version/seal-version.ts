import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { SealingPlaces } from "../../core/artifacts";
import { copyOnce, type S3Place } from "./copy-once";

/** URIs of the files kept, by name, and their S3 version ids, by name and `_version`. */
export type SealedVersion = Readonly<Record<string, string>>;

/**
 * Copies each file, as it is now, to a key that names the execution and the file's own S3 version: the same file gives the
 * same key, so a second call finds what the first one wrote.
 */
export async function sealVersion(
  client: S3Client,
  places: SealingPlaces,
  { execution = "", ...files }: Readonly<Record<string, string>>,
): Promise<SealedVersion> {
  if (!/^[A-Za-z0-9-]+$/.test(execution))
    throw new Error(`execution must be the id of a pipeline execution, got: "${execution}"`);
  const sealed = await Promise.all(
    Object.entries(files).map(async ([name, uri]) => {
      if (!uri.startsWith(places.runs)) throw new Error(`${name} must be below ${places.runs}, got: ${uri}`);
      const { uri: kept, version } = await sealFile(client, places, execution, placeOf(uri));
      return [
        [name, kept],
        [`${name}_version`, version],
      ] as const;
    }),
  );
  return Object.fromEntries(sealed.flat());
}

async function sealFile(client: S3Client, places: SealingPlaces, execution: string, file: S3Place) {
  const { VersionId, ContentLength = 0 } = await client.send(
    new HeadObjectCommand({ Bucket: file.bucket, Key: file.key }),
  );
  if (!VersionId) throw new Error(`s3://${file.bucket}/${file.key} must be in a bucket that keeps versions`);
  const name = file.key.slice(file.key.lastIndexOf("/") + 1);
  const uri = `${places.versions}${execution}/${VersionId}/${name}`;
  const from = { ...file, version: VersionId, bytes: ContentLength };
  return { uri, version: await copyOnce(client, from, { ...placeOf(uri), keyArn: places.key }) };
}

function placeOf(uri: string): S3Place {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return { bucket, key };
}
