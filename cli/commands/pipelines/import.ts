import { join } from "node:path";
import { models } from "../../../pipelines";
import { repository } from "../../../tools/paths";
import { documented, type AddCommand, type Answer } from "../../command";
import type { Context } from "../../context";
import { UsageError } from "../../errors";
import { checkModelName } from "../../new/model-folder";
import { withModelIn } from "../../new/model-keys";
import { gather } from "../../options";
import { describeImport, stepsAfterImport } from "../../pipelines/import/describe";
import { modelWith, writeImported } from "../../pipelines/import/folder";
import { importDefinition } from "../../pipelines/import/imported";
import { readValues } from "../../pipelines/import/values";

interface Options {
  readonly model: string;
  readonly pipeline?: string;
  readonly name?: string;
  readonly was?: readonly string[];
  readonly keepAccount?: readonly string[];
  readonly environment?: readonly string[];
}

export const addImport: AddCommand = (parent, act) => {
  documented(parent, "import", {
    summary: "Make a model's folder of a pipeline's definition out of an existing account",
    details:
      "The file holds a definition, or the answer of `aws sagemaker describe-pipeline`. What is an account's own in it " +
      "(role, keys, buckets, model package group, account id, region, AWS's image registries) becomes that of whichever " +
      "account the model runs in; what cannot be told apart is asked for with --was. All else is rendered as it was, to the " +
      "byte. A second definition joins a folder that was imported. Asks AWS nothing; writes all or nothing.",
    examples: [
      "pipelines import train.json --model risk",
      "pipelines import answer.json --model risk --pipeline inference --was dataBucket=acme-risk --environment dev",
    ],
  })
    .argument("<definition>", "file with the definition, or with DescribePipeline's answer")
    .requiredOption("--model <name>", "name of the model: of its folder in pipelines/")
    .option(
      "--pipeline <name>",
      "short name of the pipeline (default: train where it trains or registers, else inference)",
    )
    .option("--name <name>", "name on AWS (default: the answer's, else <model>-<pipeline>-pipeline)")
    .option("--was <name=value>", "value of the context where it comes from; may be repeated", gather)
    .option("--keep-account <id>", "account whose ARNs stay as they are; may be repeated", gather)
    .option("--environment <env>", "environment that gets the model; may be repeated (default: none)", gather)
    .action(act(importPipeline));
};

async function importPipeline(context: Context, definition: string, options: Options): Promise<Answer> {
  const { model: name, environment: environments = [], keepAccount: kept = [], was = [] } = options;
  const place = {
    pipelines: join(repository, "pipelines"),
    name,
    standing: models.find((model) => model.name === name),
  };
  if (!place.standing) checkModelName(place.pipelines, name);
  if (options.pipeline !== undefined && !/^[a-z][a-z0-9-]{0,40}$/.test(options.pipeline))
    throw new UsageError(
      `--pipeline must be lower-case letters, digits and dashes, got: ${JSON.stringify(options.pipeline)}`,
    );
  const imported = importDefinition({
    ...{ path: context.path(definition), model: name, pipeline: options.pipeline, name: options.name },
    ...{ was: readValues(was), kept },
  });
  const model = modelWith(place, imported);
  const { estate, environments: directory } = context;
  const keys = withModelIn({ directory, estate }, environments, model, models);
  const folder = await writeImported(place, model, imported, keys.write);
  const written = [...folder, ...keys.written];
  const { pipeline, file, values, sameBytes, remarks } = imported;
  const next = stepsAfterImport(name, pipeline, environments);
  return {
    json: { model: name, pipeline, name: file.name, written, sameBytes, values, remarks, next },
    text: describeImport(imported, written, next),
  };
}
