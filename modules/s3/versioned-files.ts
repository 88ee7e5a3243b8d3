import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { forget } from "../terraform/forget";

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

/**
 * Files uploaded to a versioned bucket, encrypted with the bucket's default key. A changed file is another resource under
 * another key, and the old one leaves the state without being destroyed (`deploy/plans/kept-resources.ts`): an execution
 * under way may still want it. In estates applied before, a changed file replaced the old one.
 */
export class VersionedFiles extends Construct {
  constructor(scope: Construct, id: string, props: VersionedFilesProps) {
    super(scope, id);
    props.files.forEach((file) => {
      this.upload(props.bucketName, file);
    });
  }

  private upload(bucket: string, { name, path, key }: VersionedFile): void {
    const asset = new TerraformAsset(this, `${name}-asset`, { path });
    forget(this, "aws_s3_object", name);
    // Without the model's name and the word for its scripts.
    new S3Object(this, key.split("/").slice(2).join("-"), {
      bucket,
      key,
      source: asset.path,
      sourceHash: asset.assetHash,
      // S3 allows ten tags on an object and the provider's default tags may be more.
      overrideProvider: { defaultTags: { tags: {} } },
    });
  }
}
