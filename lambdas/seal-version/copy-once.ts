import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  UploadPartCopyCommand,
  type CompletedPart,
  type S3Client,
} from "@aws-sdk/client-s3";

export interface S3Place {
  readonly bucket: string;
  readonly key: string;
}

interface Source extends S3Place {
  readonly version: string;
  readonly bytes: number;
}

interface Destination extends S3Place {
  readonly keyArn: string;
}

/** The most that one part may hold. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const partBytes = 5 * 1024 ** 3;

/**
 * Copies one version of an object to a key that has none yet, within S3. It is an upload in parts because S3 takes
 * `If-None-Match` when one is completed, and no plain copy where a bucket's policy demands it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
 * @returns the copy's version id; that of the object which is there already, if one is
 */
export async function copyOnce(client: S3Client, from: Source, to: Destination): Promise<string> {
  const where = { Bucket: to.bucket, Key: to.key };
  const encryption = { ServerSideEncryption: "aws:kms", SSEKMSKeyId: to.keyArn } as const;
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...where, ...encryption }));
  const upload = { ...where, UploadId };
  const Parts = await copyParts(client, from, upload);
  try {
    const made = await client.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, IfNoneMatch: "*" }),
    );
    return versionOf(made, to);
  } catch (error) {
    if ((error as Error).name !== "PreconditionFailed") throw error;
    return versionOf(await client.send(new HeadObjectCommand(where)), to);
  }
}

async function copyParts(
  client: S3Client,
  from: Source,
  upload: { readonly Bucket: string; readonly Key: string; readonly UploadId: string | undefined },
): Promise<CompletedPart[]> {
  const key = from.key.split("/").map(encodeURIComponent).join("/");
  const CopySource = `${from.bucket}/${key}?versionId=${from.version}`;
  const parts: CompletedPart[] = [];
  for (let start = 0; start === 0 || start < from.bytes; start += partBytes) {
    const PartNumber = parts.length + 1;
    const end = Math.min(start + partBytes, from.bytes) - 1;
    const range = from.bytes > partBytes ? { CopySourceRange: `bytes=${start}-${end}` } : {};
    const { CopyPartResult } = await client.send(
      new UploadPartCopyCommand({ ...upload, CopySource, PartNumber, ...range }),
    );
    parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
  }
  return parts;
}

function versionOf(
  { VersionId }: { readonly VersionId?: string | undefined },
  { bucket, key }: S3Place,
): string {
  if (!VersionId) throw new Error(`s3://${bucket}/${key} has no version id: its bucket must keep versions`);
  return VersionId;
}
