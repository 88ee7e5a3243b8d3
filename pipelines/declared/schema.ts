import { z } from "zod";
import { sdkVersions } from "../../tools/sagemaker-sdk/environment";
import { stepKinds } from "../definition/step";
import { dataSets, groundTruth } from "./data";
import { permissions } from "./permissions";

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
const declaration = z.strictObject({
  $schema: z.string().optional(),
  sdk: z
    .enum(sdkVersions, { error: `must be ${sdkVersions.map((sdk) => `"${sdk}"`).join(" or ")}` })
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
  permissions: permissions
    .default([])
    .describe("What steps need that does not follow from their definitions, each with its reason."),
  dataSets: dataSets.optional().describe("What mlops data prepare makes, and uploads on request."),
  groundTruth: groundTruth
    .optional()
    .describe("Where mlops data ground-truth uploads what became of predictions. Default: nowhere."),
});

type Declaration = z.infer<typeof declaration>;

/** The same, and what holds between its keys. */
export const declarationSchema = declaration.superRefine((declared, context) => {
  for (const { path, message } of faultsOfTriggers(declared))
    context.addIssue({ code: "custom", path, message });
});

function faultsOfTriggers({ pipelines, triggers }: Pick<Declaration, "pipelines" | "triggers">) {
  const settings = Object.values(triggers).map(({ setting }) => setting);
  return Object.entries(triggers).flatMap(([name, declared], at) => {
    const wanted = [["start", declared.start], ...("of" in declared ? [["of", declared.of]] : [])];
    const { setting } = declared;
    const taken = setting === "pipelines" || settings.indexOf(setting) < at;
    return [
      ...wanted
        .filter(([, pipeline = ""]) => !pipelines.includes(pipeline))
        .map(([key = "", pipeline]) => ({
          path: ["triggers", name, key],
          message: `must name a pipeline of the model (${pipelines.join(", ")}), got: ${pipeline}`,
        })),
      ...(taken
        ? [{ path: ["triggers", name, "setting"], message: `must be its own alone, got: ${setting}` }]
        : []),
    ];
  });
}

/** What editors read, beside the folders of models. */
export const declarationSchemaFile = "model.schema.json";

export const declarationJsonSchema = (): string =>
  `${JSON.stringify(z.toJSONSchema(declarationSchema, { io: "input" }), undefined, 2)}\n`;
