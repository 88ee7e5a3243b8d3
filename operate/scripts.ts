import { DeleteObjectsCommand, paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import type { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { executionDefinition, listExecutions } from "./executions";
import { collect } from "./pages";
import { pipelineDefinition } from "./pipelines";

/** Where a model's files are, and which pipelines may name them. */
export interface ScriptFolder {
  readonly bucket: string;
  /** Prefix of all versions of all files, with the slash at its end. */
  readonly prefix: string;
  readonly pipelines: readonly string[];
}

const underWay = new Set(["Executing", "Stopping"]);

/**
 * Deletes the files that neither a deployed pipeline names nor an execution under way. The bucket is versioned, so that
 * they can be had back for as long as it keeps old versions.
 * @returns their keys
 */
export async function collectScripts(
  { s3, sagemaker }: { readonly s3: S3Client; readonly sagemaker: SageMakerClient },
  { bucket: Bucket, prefix: Prefix, pipelines }: ScriptFolder,
): Promise<string[]> {
  // What is there is asked before what is wanted: a file that comes meanwhile is not among those to go.
  const objects = await collect(
    paginateListObjectsV2({ client: s3 }, { Bucket, Prefix }),
    ({ Contents }) => Contents,
  );
  const wanted = (
    await Promise.all(pipelines.map((pipeline) => definitionsInUse(sagemaker, pipeline)))
  ).flat();
  const unwanted = objects.flatMap(({ Key = "" }) =>
    wanted.some((text) => text.includes(versionOf(Key, Prefix))) ? [] : [Key],
  );
  for (let at = 0; at < unwanted.length; at += mostAtOnce) {
    const Objects = unwanted.slice(at, at + mostAtOnce).map((Key) => ({ Key }));
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    const [refused] = Errors;
    if (refused) throw new Error(`S3 does not delete ${refused.Key ?? ""}: ${refused.Message ?? ""}`);
  }
  return unwanted;
}

/** The prefix of what came at once: a definition may name a folder of files instead of each. */
const versionOf = (key: string, prefix: string): string =>
  `${prefix}${key.slice(prefix.length).split("/")[0] ?? ""}/`;

/** Keys that S3 deletes in one request. */
const mostAtOnce = 1000;

/** Definitions that run or may be started, as text. */
async function definitionsInUse(sagemaker: SageMakerClient, pipeline: string): Promise<string[]> {
  const executions = await listExecutions(sagemaker, pipeline);
  const running = executions.filter(({ PipelineExecutionStatus = "" }) =>
    underWay.has(PipelineExecutionStatus),
  );
  return Promise.all([
    pipelineDefinition(sagemaker, pipeline),
    ...running.map(({ PipelineExecutionArn = "" }) => executionDefinition(sagemaker, PipelineExecutionArn)),
  ]);
}
