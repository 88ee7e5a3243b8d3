import { HeadObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { AcceptedVersions } from "../../core/artifacts";
import type { LatestApprovedModel } from "./latest-approved-model";

/** A version, and the S3 version ids that were written down when it was registered. */
interface Registered {
  readonly arn: string;
  readonly outputs: LatestApprovedModel;
  readonly recorded: Readonly<Record<string, string>> | undefined;
}

/**
 * An S3 version never changes, so the id that was written down at registration tells whether a file is still that one.
 * Files of former versions have none, and lie where nobody may write.
 * @throws Error naming the file that is another now, or of which nothing was written down
 */
export async function refuseChanged(
  client: S3Client,
  { arn, outputs, recorded = {} }: Registered,
  { versions }: AcceptedVersions,
): Promise<void> {
  const kept = Object.entries<string>({ ...outputs }).filter(([, uri]) =>
    versions.some((place) => uri.startsWith(place)),
  );
  await Promise.all(
    kept.map(async ([name, uri]) => {
      const wanted = recorded[`${name}_version`];
      if (wanted === undefined)
        throw new Error(`Model package ${arn} must say which S3 version ${uri} is (${name}_version)`);
      const found = await versionOf(client, uri);
      if (found !== wanted)
        throw new Error(
          `Model package ${arn} was registered with version ${wanted} of ${uri}, which is ${found} now`,
        );
    }),
  );
}

async function versionOf(client: S3Client, uri: string): Promise<string> {
  const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  try {
    const { VersionId } = await client.send(new HeadObjectCommand({ Bucket, Key }));
    return VersionId ?? "none";
  } catch (error) {
    throw new Error(`${uri} cannot be looked at: ${(error as Error).name}`, { cause: error });
  }
}
