import { GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { roleArn } from "../../core/arns";
import { partitionOf } from "../../core/partition";
import { namesIn, templatesIn } from "../../stacks/kinds/project-templates/offered";
import { studioPrefix } from "../../stacks/kinds/project-templates/places";
import { findProjectTemplates } from "../../stacks/kinds/project-templates/settings";
import { accountRegionOf } from "../../stacks/topology";
import type { Context } from "../context";
import { UsageError } from "../errors";
import { hint } from "../estate/find";
import type { TemplateParameters } from "./parameters";
import type { ProjectsAccount } from "./target";

/** A template as it is offered, and by which role projects are made of it. */
export interface OfferedTemplate {
  /** Of exactly what was read. */
  readonly url: string;
  readonly roleArn: string;
  readonly parameters: TemplateParameters;
}

/**
 * Reads the template that the account offers by S3, its newest version.
 * @throws UsageError where the environment offers none of the name, or its stack is not applied
 */
export async function offeredTemplate(
  context: Context,
  { workload }: ProjectsAccount,
  name: string,
): Promise<OfferedTemplate> {
  if (!findProjectTemplates(workload))
    throw new UsageError(
      `Environment ${workload.name} offers no project templates: its file has no projectTemplates`,
    );
  const offered = templatesIn(workload).map((each) => each.name);
  if (!offered.includes(name))
    throw new UsageError(`Environment ${workload.name} offers no template "${name}"${hint(name, offered)}`);
  const where = accountRegionOf(workload);
  const names = namesIn(context.estate, workload);
  const key = `${studioPrefix}${name}.json`;
  const { content, version } = await read(context, workload, { bucket: names.templatesBucket, key });
  const host = `${names.templatesBucket}.s3.${where.region}.${partitionOf(where.region).dnsSuffix}`;
  const { Parameters = {} } = JSON.parse(content) as { readonly Parameters?: TemplateParameters };
  return {
    url: `https://${host}/${key}${version === undefined ? "" : `?versionId=${encodeURIComponent(version)}`}`,
    roleArn: roleArn(where, names.launchRole),
    parameters: Parameters,
  };
}

async function read(
  context: Context,
  workload: ProjectsAccount["workload"],
  { bucket, key }: { readonly bucket: string; readonly key: string },
): Promise<{ readonly content: string; readonly version: string | undefined }> {
  try {
    const s3 = new S3Client(await context.access(workload));
    const { Body, VersionId } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return { content: (await Body?.transformToString()) ?? "", version: VersionId };
  } catch (error) {
    if (!(error instanceof NoSuchKey) && (error as Error).name !== "NoSuchBucket") throw error;
    throw new UsageError(
      `Environment ${workload.name} does not offer its templates yet: apply ${workload.name}-project-templates first`,
    );
  }
}
