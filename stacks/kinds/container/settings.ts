import { z } from "zod";
import { connectionArn } from "../../../config/ci-server";
import { object } from "../../../config/object";
import type { WorkloadEnvironment } from "../../../config/schema";
import type { ModelDefinition } from "../../../pipelines/model";
import { settingsOf } from "../../topology";

const text = (pattern: RegExp, rule: string) => z.string(rule).regex(pattern, rule);

/** https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_CreateConnection.html, without those that want a host */
const providers = ["Bitbucket", "GitHub", "GitLab"] as const;

/** When an image starts the workflow. */
const starts = ["pushed", "scanned"] as const;

const repository = text(
  /^[\w.-]+(?:\/[\w.-]+)+$/,
  "must be a repository with its owner, such as example/models, without an address",
);
const branch = text(/^\w[\w./-]{0,254}$/, "must be the name of a branch");
const folder = text(
  /^(?!.*\.\.)[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/,
  "must be a folder of the repository, such as models/iris, without a slash at either end",
);
const rule = "must be a whole number from 10 to 10000";

/** `models.<model>.container` */
export const containerSettings = object({
  repository: repository.describe("Repository of the container's code, with its owner: example/models."),
  branch: branch.default("main").describe("Branch whose commits are built. Default: main."),
  folder: folder
    .optional()
    .describe(
      "Folder with the Dockerfile and buildspec.yml: what changes nothing in it builds nothing. Default: pipelines/<model>/container.",
    ),
  provider: z
    .enum(providers, `must be one of ${providers.map((name) => `"${name}"`).join(", ")}`)
    .optional()
    .describe("Where the repository is. Default: GitHub."),
  connection: connectionArn
    .optional()
    .describe(
      "ARN of a connection that stands. Default: the stack makes one, which a person completes in a browser.",
    ),
  keepImages: z
    .int(rule)
    .min(10, rule)
    .max(10_000, rule)
    .default(500)
    .describe("How many images stay, the newest: endpoints cannot start without theirs. Default: 500."),
  startsWorkflow: z
    .enum(starts, `must be one of ${starts.map((when) => `"${when}"`).join(", ")}`)
    .optional()
    .describe(
      "Which images the model's workflow starts with: each that is pushed, or each whose scan has found nothing critical or high. Default: none; people start it.",
    ),
})
  .refine(({ provider, connection: standing }) => provider === undefined || standing === undefined, {
    error: "must not be given beside connection, which says it",
    path: ["provider"],
  })
  .describe("The model's own image, built of each commit to its folder.");

export type ContainerSettings = z.output<typeof containerSettings>;

/** @throws Error where the model has no container there */
export function containerSettingsOf(
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): ContainerSettings & { readonly folder: string } {
  const { container } = settingsOf(workload, model) as { readonly container?: ContainerSettings };
  if (container === undefined)
    throw new Error(`environment ${workload.name} builds no image of ${model.name}`);
  return { ...container, folder: container.folder ?? `pipelines/${model.name}/container` };
}
