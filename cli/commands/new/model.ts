import { join } from "node:path";
import { models } from "../../../pipelines";
import { defineModel, type ModelDefinition } from "../../../pipelines/model";
import { repository } from "../../../tools/paths";
import { documented, type AddCommand, type Answer } from "../../command";
import type { Context } from "../../context";
import { UsageError } from "../../errors";
import { describeSteps } from "../../init/describe";
import { checkModelName, makeModelFolder } from "../../new/model-folder";
import { firstWorkload, withModelIn } from "../../new/model-keys";
import { stepsAfterModel } from "../../new/next-steps";
import { filesOfSample, samples, type Language } from "../../new/sample";
import { gather } from "../../options";

interface Options {
  readonly python?: boolean;
  readonly typescript?: boolean;
  readonly environment?: readonly string[];
}

export const addNewModel: AddCommand = (parent, act) => {
  documented(parent, "model", {
    summary: "Make a model's folder, a copy of the sample under another name, and let an environment run it",
    details:
      "Pipelines, scripts, data and tests are those of mammo-severity, or with --python of diabetes-progression, which run and pass as they are: " +
      "change them one by one. " +
      "Writes all or nothing, and asks AWS nothing.",
    examples: ["new model churn", "new model churn --python --environment dev"],
  })
    .argument("<name>", "name of the model: of its folder in pipelines/")
    .option("--typescript", "pipelines in TypeScript (the default)")
    .option("--python", "pipelines in Python, for AWS's SageMaker Python SDK")
    .option(
      "--environment <env>",
      "environment that runs it; may be repeated (default: the one that the way of models begins at)",
      gather,
    )
    .action(act(newModel));
};

async function newModel(context: Context, name: string, options: Options): Promise<Answer> {
  if (options.python && options.typescript)
    throw new UsageError("--python and --typescript exclude each other");
  const language: Language = options.python ? "python" : "typescript";
  const pipelines = join(repository, "pipelines");
  checkModelName(pipelines, name);
  const { estate, environments: directory } = context;
  const environments = options.environment ?? firstWorkload(estate);
  const files = await filesOfSample(repository, name, language);
  const keys = withModelIn({ directory, estate }, environments, newDefinition(name, language), models);
  makeModelFolder(pipelines, name, files, keys.write);
  const written = [...[...files.keys()].map((file) => `pipelines/${name}/${file}`), ...keys.written];
  const next = stepsAfterModel(name, environments[0] ?? "");
  return {
    json: { model: name, language, environments, written, next },
    text: [...written, "", "Next:", ...describeSteps(next)].join("\n"),
  };
}

/** What environment files may say of it: what they may of the sample. */
function newDefinition(name: string, language: Language): ModelDefinition {
  const sample = models.find((model) => model.name === samples[language]);
  if (!sample) throw new UsageError(`There is no model ${samples[language]}, which new ones are copies of`);
  const { scripts, pipelines, triggers } = sample;
  const own = { name, modelPackageGroup: `${name}-model-package`, alertTopic: `${name}-notification` };
  return defineModel({ ...own, scripts, pipelines, triggers });
}
