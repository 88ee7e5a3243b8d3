import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { TerraformAsset } from "cdktf";
import { Construct } from "constructs";

export interface VersionedFile {
  /** File's path on this machine. */
  readonly path: string;
  /** Object key; it carries a hash of the content, so a changed file is a new object and never an overwrite. */
  readonly key: string;
  readonly name: string;
}

export interface VersionedFilesProps {
  readonly bucketName: string;
  readonly files: readonly VersionedFile[];
}

/** Files uploaded to a versioned bucket, encrypted with the bucket's default key. */
export class VersionedFiles extends Construct {
  constructor(scope: Construct, id: string, props: VersionedFilesProps) {
    super(scope, id);
    props.files.forEach((file) => {
      this.upload(props.bucketName, file);
    });
  }

  private upload(bucket: string, { name, path, key }: VersionedFile): void {
    const asset = new TerraformAsset(this, `${name}-asset`, { path });
    new S3Object(this, name, {
      bucket,
      key,
      source: asset.path,
      sourceHash: asset.assetHash,
      // S3 allows ten tags on an object and the provider's default tags may be more.
      overrideProvider: { defaultTags: { tags: {} } },
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
