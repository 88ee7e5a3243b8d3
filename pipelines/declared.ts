import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { z } from "zod";
import { repository } from "../tools/paths";
import { sdkVersions } from "../tools/sagemaker-sdk/environment";
import { defineModel, type ModelDefinition } from "./model";
import { ModelError } from "./model-error";
import { pythonPipelines } from "./python/pipelines";
import { stepKinds } from "./definition/step";

/** What declares a model whose pipelines are in Python. */
const declaration = "model.json";

const shortName = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, "must be lower-case letters, digits and dashes");

const common = {
  start: shortName.describe("Short name of the pipeline that it starts."),
  description: z.string().min(1).describe("What it is for; the rule's description on AWS."),
  setting: z
    .string()
    .regex(/^[a-z]\w*$/)
    .describe("Key of the model's settings in an environment file that switches it on."),
  settingDescription: z.string().min(1).describe("What the key does, as editors show it."),
};

const trigger = z.discriminatedUnion("on", [
  z.strictObject({ on: z.literal("schedule"), ...common }),
  z.strictObject({
    on: z.literal("step failure"),
    of: shortName.describe("Short name of the pipeline that is watched."),
    steps: z
      .enum(stepKinds)
      .describe("Only its steps of this kind: a QualityCheck that fails is data drift."),
    ...common,
  }),
]);

/** `pipelines/<model>/model.json`. */
const declarationSchema = z.strictObject({
  $schema: z.string().optional(),
  sdk: z
    .enum(sdkVersions)
    .describe("Major version of AWS's SageMaker Python SDK that pipeline.py is written with."),
  modelPackageGroup: z
    .string()
    .regex(/^[A-Za-z0-9](-*[A-Za-z0-9]){0,62}$/)
    .describe("Group of its versions in the registry."),
  alertTopic: z
    .string()
    .regex(/^[\w-]{1,256}$/)
    .describe("SNS topic that failures are told to."),
  pipelines: z
    .array(shortName)
    .min(1)
    .describe("Short names of the pipelines that pipelines(context) returns."),
  triggers: z.record(shortName, trigger).default({}).describe("Rules that start pipelines, by short name."),
});

/** What editors read, beside the folders of models. */
export const declarationSchemaFile = "model.schema.json";

export const declarationJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(declarationSchema, { io: "input" }), undefined, 2)}\n`;

/**
 * A model that `model.json` declares and whose pipelines `pipeline.py` beside it gives.
 * @throws ModelError naming the file and all that is wrong in it
 */
export function declaredModel(folder: string, name: string): ModelDefinition {
  const file = relative(repository, join(folder, declaration));
  const parsed = declarationSchema.safeParse(readJson(join(folder, declaration), file));
  if (!parsed.success)
    throw new ModelError(
      parsed.error.issues
        .map(({ path, message }) => `${file}: ${path.join(".") || "it"}: ${message}`)
        .join("\n"),
    );
  const { sdk, modelPackageGroup, alertTopic, pipelines: names, triggers } = parsed.data;
  for (const [trigger, { start, ...more }] of Object.entries(triggers))
    for (const wanted of [start, ...("of" in more ? [more.of] : [])])
      if (!names.includes(wanted))
        throw new ModelError(
          `${file}: triggers.${trigger} must name a pipeline of the model (${names.join(", ")}), got: ${wanted}`,
        );
  const { pipelines, prepare } = pythonPipelines({ model: name, folder, file: "pipeline.py", sdk, names });
  try {
    return defineModel({ name, modelPackageGroup, alertTopic, scripts: [], pipelines, triggers, prepare });
  } catch (error) {
    throw new ModelError((error as Error).message.replace(name, file), { cause: error });
  }
}

function readJson(path: string, file: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ModelError(`${file}: ${(error as Error).message}`, { cause: error });
  }
}
