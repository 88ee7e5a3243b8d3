import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import { roleArn } from "../../core/arns";
import { partitionOf } from "../../core/partition";
import { collect } from "../../operate/pages";
import { namesIn, templatesIn, type ProjectTemplate } from "../../stacks/kinds/project-templates/offered";
import { catalogPrefix, studioPrefix } from "../../stacks/kinds/project-templates/places";
import { findProjectTemplates } from "../../stacks/kinds/project-templates/settings";
import { accountRegionOf } from "../../stacks/topology";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { hint } from "../estate/find";
import { parseTemplate, type ParsedTemplate } from "./parsed-template";
import type { ProjectsAccount } from "./target";

/** A template as it is offered, and by which role projects are made of it. */
export interface OfferedTemplate {
  /** Of exactly what was read. */
  readonly url: string;
  readonly roleArn: string;
  readonly content: ParsedTemplate;
}

/** @throws UsageError where the environment's file offers none of the name */
export function templateNamed({ workload }: ProjectsAccount, name: string): ProjectTemplate {
  if (!findProjectTemplates(workload))
    throw new UsageError(
      `Environment ${workload.name} offers no project templates: its file has no projectTemplates`,
    );
  const offered = templatesIn(workload);
  const found = offered.find((template) => template.name === name);
  if (found) return found;
  const names = offered.map((template) => template.name);
  throw new UsageError(`Environment ${workload.name} offers no template "${name}"${hint(name, names)}`);
}

/**
 * Reads the template that the account offers by S3, its newest version.
 * @throws UsageError where the environment offers none of the name, or its stack is not applied
 */
export async function offeredTemplate(
  context: Context,
  account: ProjectsAccount,
  name: string,
): Promise<OfferedTemplate> {
  templateNamed(account, name);
  return offeredAt(context, account, () => Promise.resolve(`${studioPrefix}${name}.json`));
}

/**
 * Reads a version of a template, which the catalog has as well.
 * @throws UsageError where the environment's stack is not applied since it has the version
 */
export const offeredVersion = (
  context: Context,
  account: ProjectsAccount,
  { template, version }: { readonly template: string; readonly version: string },
): Promise<OfferedTemplate> =>
  offeredAt(context, account, (s3, bucket) =>
    newestKey(s3, bucket, `${catalogPrefix}${template}/${version}`),
  );

type KeyOf = (s3: S3Client, bucket: string) => Promise<string | undefined>;

/** While a version is applied, what it was before may stand beside it. */
async function newestKey(s3: S3Client, Bucket: string, begin: string): Promise<string | undefined> {
  const pages = paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: `${begin}-` });
  const objects = await collect(pages, ({ Contents }) => Contents);
  return objects
    .filter(({ Key = "" }) => /^[0-9a-f]{12}\.json$/.test(Key.slice(begin.length + 1)))
    .toSorted((one, other) => Number(one.LastModified) - Number(other.LastModified))
    .at(-1)?.Key;
}

async function offeredAt(
  context: Context,
  { workload }: ProjectsAccount,
  keyOf: KeyOf,
): Promise<OfferedTemplate> {
  const where = accountRegionOf(workload);
  const names = namesIn(context.estate, workload);
  const found = await read(new S3Client(await context.access(workload)), names.templatesBucket, keyOf);
  if (!found)
    throw new UsageError(
      `Environment ${workload.name} does not offer its templates yet: apply ${workload.name}-project-templates first`,
    );
  const { key, text, version } = found;
  const host = `${names.templatesBucket}.s3.${where.region}.${partitionOf(where.region).dnsSuffix}`;
  const content = parseTemplate(text);
  if (!content) throw new Error(`s3://${names.templatesBucket}/${key} is no template in JSON`);
  return {
    url: `https://${host}/${key}${version === undefined ? "" : `?versionId=${encodeURIComponent(version)}`}`,
    roleArn: roleArn(where, names.launchRole),
    content,
  };
}

interface Found {
  readonly key: string;
  readonly text: string;
  readonly version: string | undefined;
}

/** @returns undefined where there is no such object, or no bucket */
async function read(s3: S3Client, Bucket: string, keyOf: KeyOf): Promise<Found | undefined> {
  try {
    const Key = await keyOf(s3, Bucket);
    if (Key === undefined) return undefined;
    const { Body, VersionId: version } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    return { key: Key, text: (await Body?.transformToString()) ?? "", version };
  } catch (error) {
    if (error instanceof NoSuchKey || (error as Error).name === "NoSuchBucket") return undefined;
    throw error;
  }
}
