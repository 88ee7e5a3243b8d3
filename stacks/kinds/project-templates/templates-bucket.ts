import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { createHash } from "node:crypto";
import { keyAliasArn, type AccountRegion } from "../../../core/arns";
import { partitionOf } from "../../../core/partition";
import { CrossOriginReading } from "../../../modules/s3/cross-origin-reading";
import { PrivateBucket, type PrivateBucketProps } from "../../../modules/s3/private-bucket";
import type { StoredTemplate } from "../../../modules/servicecatalog/product";
import { escapeTemplate, withStandIns } from "../../../modules/terraform/escape-template";
import {
  currentVersion,
  renderTemplate,
  type ProjectTemplate,
  type Seed,
  type TemplateEnvironment,
  type TemplateVersion,
} from "../../../templates";
import { noVersion } from "../../../templates/no-version";
import { seedArchive } from "../../../templates/seed-archive";
import { catalogPrefix, seedsPrefix, studioPrefix } from "./places";

export interface TemplatesBucketProps extends PrivateBucketProps {
  readonly where: AccountRegion;
  readonly templates: readonly ProjectTemplate[];
  /** What templates are told of the environment, but for their seeds. */
  readonly environment: Omit<TemplateEnvironment, "seeds">;
}

/** Pages of SageMaker Studio. */
const studio = "https://*.sagemaker.aws";

/** Templates as Studio and the catalog read them, and what repositories are begun with: private and versioned. */
export class TemplatesBucket extends Construct {
  /** The template that products are made with, which is no version. */
  readonly noVersion: StoredTemplate;
  private readonly bucket: PrivateBucket;
  private readonly versions = new Map<TemplateVersion, StoredTemplate>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TemplatesBucketProps,
  ) {
    super(scope, id);
    this.bucket = new PrivateBucket(this, "bucket", props);
    new CrossOriginReading(this, "studio", { bucketName: this.bucket.bucket.id, origins: [studio] });
    this.noVersion = this.put("no-version", `${catalogPrefix}none.json`, textOf(noVersion), catalogTag);
    for (const template of props.templates)
      for (const version of template.versions) this.version(template, version);
  }

  /** What the catalog reads of a version. @throws Error for one of a template that is not here */
  templateOf(version: TemplateVersion): StoredTemplate {
    const stored = this.versions.get(version);
    if (!stored) throw new Error(`version ${version.name} has no template in the bucket`);
    return stored;
  }

  /**
   * The catalog copies a template once: its key changes with its content. Studio's is one object whose versions follow one another. A template
   * names seeds by the versions of their objects, and the key of volumes by its id (ADR 30), which AWS draws: until then, what is in the
   * seeds and the key's alias stand for these.
   */
  private version(template: ProjectTemplate, version: TemplateVersion): void {
    const of = `${template.name}-${version.name}`;
    const seeds = version.repositories.map(({ name, layers }) => {
      const { path, sha256 } = seedArchive(layers);
      const key = `${seedsPrefix}${template.name}/${version.name}/${name}.tar.gz`;
      return { name, seed: { key, versionId: sha256 }, versionId: this.seed(`${of}-${name}`, key, path) };
    });
    const text = textOf(
      renderTemplate(template, version, {
        ...this.props.environment,
        seeds: Object.fromEntries(seeds.map(({ name, seed }): [string, Seed] => [name, seed])),
      }),
    );
    const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
    const { where, keyAlias } = this.props.environment;
    const content = withStandIns(text, {
      ...Object.fromEntries(seeds.map(({ seed, versionId }) => [seed.versionId, versionId])),
      [keyAliasArn(where, keyAlias)]: this.props.keyArn,
    });
    const key = `${catalogPrefix}${template.name}/${version.name}-${hash}.json`;
    this.versions.set(version, this.put(of, key, content, catalogTag));
    if (version === currentVersion(template))
      this.put(`${template.name}-studio`, `${studioPrefix}${template.name}.json`, content, studioTag);
  }

  /** @returns the version that the object gets */
  private seed(id: string, key: string, path: string): string {
    const asset = new TerraformAsset(this, `${id}-archive`, { path });
    const object = new S3Object(this, id, {
      ...{ bucket: this.bucket.bucket.id, key, source: asset.path, sourceHash: asset.assetHash },
      ...withoutDefaultTags,
      dependsOn: [this.bucket.versioning],
    });
    return object.versionId;
  }

  private put(
    id: string,
    key: string,
    content: string,
    tags: Readonly<Record<string, string>>,
  ): StoredTemplate {
    const object = new S3Object(this, id, {
      ...{ bucket: this.bucket.bucket.id, key, content, contentType: "application/json", tags: { ...tags } },
      ...withoutDefaultTags,
      dependsOn: [this.bucket.versioning],
    });
    const { region } = this.props.where;
    const url = `https://${this.props.bucketName}.s3.${region}.${partitionOf(region).dnsSuffix}/${key}`;
    return { url, object };
  }
}

/** By which Studio finds it, and by which the launch role may read a copy of it. */
const studioTag = { "sagemaker:studio-visibility": "true" };
const catalogTag = { "servicecatalog:provisioning": "true" };

/** S3 allows ten tags on an object, and the provider's default tags may be more. */
const withoutDefaultTags = { overrideProvider: { defaultTags: { tags: {} } } };

const textOf = (template: object): string => escapeTemplate(JSON.stringify(template, undefined, 2));
