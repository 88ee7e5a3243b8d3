import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { collectScripts, type ScriptFolder } from "../../operate/scripts";
import type { AccountAccess } from "../access/account-access";
import { s3In } from "../estate/state-bucket";
import type { Logger } from "../estate/terraform-context";

type Blocks = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where a synthesised stack uploads what its pipelines run: `<model>/scripts/<hash>/<file>`, below `<model>/scripts/`. */
function scriptFoldersIn({
  resource = {},
}: {
  readonly resource?: Readonly<Record<string, Blocks>>;
}): ScriptFolder[] {
  const pipelines = Object.values(resource.aws_sagemaker_pipeline ?? {}).map(
    ({ pipeline_name: name = "" }) => name,
  );
  const places = Object.values(resource.aws_s3_object ?? {}).map(({ bucket = "", key = "" }) => ({
    bucket,
    prefix: key
      .split("/")
      .slice(0, -2)
      .map((part) => `${part}/`)
      .join(""),
  }));
  const unlike = new Map(places.map((place) => [`${place.bucket}/${place.prefix}`, place]));
  return [...unlike.values()].map((place) => ({ ...place, pipelines }));
}

/**
 * Deletes what the pipelines of an applied stack ran once and nothing names any more. That it cannot be deleted is said, and
 * no reason for an apply to fail.
 */
export async function collectFiles(directory: string, access: AccountAccess, report: Logger): Promise<void> {
  const text = readFileSync(join(directory, "cdk.tf.json"), "utf8");
  const clients = {
    s3: s3In(access),
    sagemaker: new SageMakerClient(access),
  };
  for (const folder of scriptFoldersIn(JSON.parse(text) as Parameters<typeof scriptFoldersIn>[0]))
    try {
      const keys = await collectScripts(clients, folder);
      for (const key of keys) report(`deleted ${key}, which nothing names any more`);
    } catch (error) {
      report(`old files in ${folder.prefix} stay for now: ${(error as Error).message}`);
    }
}
