import { join } from "node:path";
import { z } from "zod";
import type { DataSets, GroundTruth } from "../model";

const fileName = z.string().regex(/^[\w-][\w.-]*$/, "must be the name of a file");

/** What people upload lies below `data/`: nowhere else may they write (docs/access-matrix.md). */
const dataPrefix = z
  .string()
  .regex(/^data\/([\w-][\w.-]*\/)+$/, "must begin with data/, where people may upload, and end with a slash");

/** The data that a model is tried with. */
export const dataSets = z.strictObject({
  script: z
    .string()
    .regex(
      /^(?!\.\.?\/)([\w-][\w.-]*\/)*[\w-][\w.-]*\.py$/,
      "must be a Python file of the folder, as scripts/prepare_data.py",
    )
    .describe("Python script that makes them all: SCRIPT [--data FILE] --out DIR."),
  trainingPrefix: dataPrefix.describe(
    "Where training files lie, below the model's prefix of the data bucket.",
  ),
  training: z
    .strictObject({ first: fileName, later: fileName })
    .describe("The first version's training file, and the one that joins it for the next."),
  batchPrefix: dataPrefix.describe("Where batches lie."),
  batch: z
    .strictObject({ clean: fileName, drifted: fileName })
    .describe("A batch that inference takes, and one of a population that has changed."),
});

/** Where it becomes known what predictions were worth. */
export const groundTruth = z.strictObject({
  prefix: dataPrefix.describe(
    "Where `mlops data ground-truth` uploads, below the model's prefix of the data bucket.",
  ),
});

/** The same, with paths and keys that are whole. */
export function wholeData(
  { model, folder }: { readonly model: string; readonly folder: string },
  declared: {
    readonly dataSets?: z.infer<typeof dataSets> | undefined;
    readonly groundTruth?: z.infer<typeof groundTruth> | undefined;
  },
): { readonly dataSets?: DataSets; readonly groundTruth?: GroundTruth } {
  const { dataSets: sets, groundTruth: truth } = declared;
  return {
    ...(sets && {
      dataSets: {
        ...sets,
        script: join(folder, sets.script),
        trainingPrefix: `${model}/${sets.trainingPrefix}`,
        batchPrefix: `${model}/${sets.batchPrefix}`,
      },
    }),
    ...(truth && { groundTruth: { prefix: `${model}/${truth.prefix}` } }),
  };
}
