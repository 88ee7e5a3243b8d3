import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import { dataObjects, makeDataSets, uploadDataSets } from "../../../operate/data-sets";
import { models } from "../../../pipelines";
import { dataSetsOf, type DataSets, type ModelDefinition } from "../../../pipelines/model";
import { cache } from "../../../tools/paths";
import { ensurePython } from "../../../tools/python/environment";
import { namesOfWorkload, workloadsOf } from "../../../stacks/topology";
import { documented, type AddCommand } from "../../command";
import type { Context } from "../../context";
import { UsageError } from "../../errors";
import { findModel, findWorkload } from "../../estate/find";

interface Options {
  readonly model?: string;
  readonly data?: string;
  readonly out?: string;
  readonly upload?: string;
  readonly first?: boolean;
}

export const addPrepare: AddCommand = (data, act) => {
  documented(data, "prepare", {
    summary: "Make a model's training and batch files, and upload them on request",
    details:
      "Makes two training files, of which the second is for training again after data drift, a batch that inference takes, " +
      "and one that its monitor must refuse. Uploaded files lie where the pipelines look by default.",
    examples: [
      "data prepare",
      "data prepare --data my.csv --out /tmp/sets",
      "data prepare --upload dev --first",
      "data prepare --upload prod --local",
    ],
  })
    .option(
      "--model <model>",
      "model, as its folder in pipelines/ is called (default: the only one that runs anywhere)",
    )
    .option("--data <file>", "source file (default: the one shipped with the model)")
    .option("--out <dir>", "folder to write to (default: .cache/data/<model>)")
    .option("--upload <env>", "environment whose data bucket gets the files")
    .option("--first", "upload the first training file alone, without the one for training again")
    .action(act(prepare));
};

async function prepare(context: Context, options: Options) {
  const { model, dataSets } = chosenModel(context, options.model);
  const upload = options.upload === undefined ? undefined : await destination(context, options.upload);
  const out = options.out === undefined ? join(cache, "data", model.name) : context.path(options.out);
  const { python } = await ensurePython((line) => {
    context.err.print(line);
  });
  const data = options.data === undefined ? undefined : context.path(options.data);
  const made = await makeDataSets({ python, dataSets, data, out });
  const objects = dataObjects(dataSets, options.first ? "first" : "all");
  const uploaded = upload ? await uploadDataSets(upload.s3, upload.bucket, out, objects) : [];
  return { json: { folder: out, made, uploaded }, text: [...made, ...uploaded].join("\n") };
}

interface WithData {
  readonly model: ModelDefinition;
  readonly dataSets: DataSets;
}

const withData = (model: ModelDefinition): WithData[] => {
  const dataSets = dataSetsOf(model);
  return dataSets ? [{ model, dataSets }] : [];
};

function chosenModel(context: Context, name: string | undefined): WithData {
  const known = models.flatMap(withData);
  const names = known.map(({ model }) => model.name).join(", ");
  if (name !== undefined) {
    const [found] = withData(findModel(name));
    if (found) return found;
    throw new UsageError(`Model ${name} has no data sets to be tried with; these have: ${names || "none"}`);
  }
  const running = known.length > 1 ? known.filter(({ model }) => runsAnywhere(context, model)) : known;
  const [only, ...others] = running;
  if (only && others.length === 0) return only;
  throw new UsageError(
    names ? `--model must name one of: ${names}` : "No model has data sets to be tried with",
  );
}

const runsAnywhere = ({ estate }: Context, { name }: ModelDefinition): boolean =>
  workloadsOf(estate).some((workload) => name in workload.models);

async function destination(context: Context, name: string) {
  const workload = findWorkload(context.estate, name);
  const s3 = new S3Client(await context.access(workload, "scientist"));
  return { s3, bucket: namesOfWorkload(context.estate, workload).dataBucket };
}
