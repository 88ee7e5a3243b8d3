import { readFile } from "node:fs/promises";
import { S3Client } from "@aws-sdk/client-s3";
import { uploadGroundTruth } from "../../../operate/ground-truth";
import { models } from "../../../pipelines";
import type { GroundTruth } from "../../../pipelines/model";
import { namesOfWorkload } from "../../../stacks/topology";
import { documented, type AddCommand } from "../../command";
import type { Context } from "../../context";
import { checkGroundTruth, type GivenFile } from "../../data/ground-truth-file";
import { UsageError } from "../../errors";
import { findModel, findWorkload } from "../../estate/find";

interface Options {
  readonly batch?: string;
}

export const addGroundTruth: AddCommand = (data, act) => {
  documented(data, "ground-truth <env> <model> <file>", {
    summary: "Upload what became of predictions, for the monitor of their quality",
    details:
      "The file is CSV without quotes, id,value with that header: for each prediction made before, by its id, what turned out to be true. " +
      "All that is wrong in it is told by line and column, and nothing is uploaded. It lies then where the model's monitor reads, " +
      "under the time of the upload. An id that was told of before counts anew.",
    examples: [
      "data ground-truth prod diabetes-progression truth.csv",
      "data ground-truth prod diabetes-progression truth.csv --batch batch.csv",
    ],
  })
    .option("--batch <file>", "what was predicted, as CSV whose first column is id: refuse other ids")
    .action(act(upload));
};

async function upload(context: Context, environment: string, name: string, given: string, options: Options) {
  const workload = findWorkload(context.estate, environment);
  const groundTruth = groundTruthOf(name);
  if (!(name in workload.models)) throw new UsageError(`Environment ${environment} does not run ${name}`);
  const [file, batch] = await Promise.all([
    read(context, given),
    options.batch === undefined ? undefined : read(context, options.batch),
  ]);
  const rows = checkGroundTruth(file, batch);
  const s3 = new S3Client(await context.access(workload, "scientist"));
  const bucket = namesOfWorkload(context.estate, workload).dataBucket;
  const uri = await uploadGroundTruth(s3, bucket, groundTruth, file.content);
  return { json: { rows, uri }, text: `${uri}: ${rows} rows` };
}

function groundTruthOf(name: string): GroundTruth {
  const { groundTruth } = findModel(name);
  if (groundTruth) return groundTruth;
  const others = models.filter((model) => model.groundTruth).map((model) => model.name);
  throw new UsageError(
    `Nothing reads what becomes of predictions of ${name}; of these it is read: ${others.join(", ") || "none"}`,
  );
}

async function read(context: Context, given: string): Promise<GivenFile> {
  try {
    return { file: given, content: await readFile(context.path(given)) };
  } catch (error) {
    throw new UsageError(`${given} cannot be read: ${(error as NodeJS.ErrnoException).code ?? ""}`, {
      cause: error,
    });
  }
}
