import { z } from "zod";
import type { Known, KnownModel, SettingsFragment } from "./known";
import { object } from "./object";
import { ciShape, registryShape, workloadShape } from "./schema";
import { didYouMean } from "./suggest";
import { sayOfUnknownKeys } from "./unknown-keys";

/** The schema of account files, with the settings of the models and of the optional stacks there are. */
export function accountSchema({ models, stackKinds }: Known) {
  const fragments = stackKinds.flatMap(({ settings }) => settings ?? []);
  return z.discriminatedUnion("kind", [
    object({
      ...workloadShape,
      models: modelsSchema(models, fragments),
      ...optional(fragments, "workload"),
    }).meta({ title: "Workload account" }),
    object({ ...registryShape, ...optional(fragments, "registry") }).meta({
      title: "Model registry account",
    }),
    object({ ...ciShape, ...optional(fragments, "ci") }).meta({ title: "CI account" }),
  ]);
}

export type AccountSettings = z.output<ReturnType<typeof accountSchema>>;

const optional = (fragments: readonly SettingsFragment[], at: SettingsFragment["at"]) =>
  Object.fromEntries(
    fragments.filter((fragment) => fragment.at === at).map(({ key, schema }) => [key, schema.optional()]),
  );

function modelsSchema(models: readonly KnownModel[], fragments: readonly SettingsFragment[]) {
  const schema = z.strictObject(
    Object.fromEntries(models.map((model) => [model.name, modelSchema(model, fragments).optional()])),
    "must be an object of models",
  );
  sayOfUnknownKeys(schema, unknownModelRule);
  return schema
    .default({})
    .describe("The models that run in this account, each by the name of its folder in pipelines/.");
}

function unknownModelRule(model: string, known: readonly string[]): string {
  const hint = known.length > 0 ? ` (there are: ${known.join(", ")})` : ", but there is none";
  return `must be a model of pipelines/${didYouMean(model, known) || hint}`;
}

const modelSchema = (model: KnownModel, fragments: readonly SettingsFragment[]) =>
  object({
    pipelines: model.pipelines.length > 0 ? subsetOf(model).optional() : noPipelines,
    ...Object.fromEntries(Object.entries(model.settings).map(([key, { schema }]) => [key, schema])),
    ...optional(
      fragments.filter(({ isOf }) => isOf?.(model) ?? true),
      "model",
    ),
  });

/** Of a model that has none. */
const noPipelines = z
  .array(z.never("must name no pipeline, for the model has none"))
  .default([])
  .describe("The model has no pipelines.");

function subsetOf({ name, pipelines }: KnownModel) {
  const rule = `must be a pipeline of ${name}`;
  const error = ({ input }: { readonly input?: unknown }) =>
    `${rule}${didYouMean(input, pipelines) || ` (there are: ${pipelines.join(", ")})`}`;
  return z
    .array(z.enum(pipelines, { error }), "must be a list of pipelines")
    .refine((names) => new Set(names).size === names.length, "must not name a pipeline twice")
    .describe(
      "The pipelines that run in this account, by short name. None: []. Default: all of the model's.",
    );
}
