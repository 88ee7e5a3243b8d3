import { z } from "zod";
import { connectionArn, issuer, putByAPerson, secretName, serverUrl } from "../../../config/ci-server";
import { object } from "../../../config/object";
import type { Environment, WorkloadEnvironment } from "../../../config/schema";
import { projectTemplates } from "../../../templates";

const names = projectTemplates.map(({ name }) => name);
const listed = names.map((name) => `"${name}"`).join(", ");

const noneTwice = (given: readonly unknown[], context: z.core.$RefinementCtx): void => {
  given.forEach((one, index) => {
    if (given.indexOf(one) < index)
      context.addIssue({ code: "custom", path: [index], message: "must not stand twice" });
  });
};

const templates = z
  .array(z.enum(names, `must be one of ${listed}`), "must be a list of templates")
  .min(1, "must name a template; leave the key out to offer all that the file allows")
  .superRefine(noneTwice);

const userRule = "must be the ARN of a role, such as arn:aws:iam::111111111111:role/StudioExecution";
const users = z
  .array(
    z.string(userRule).regex(/^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/, userRule),
    "must be a list of roles",
  )
  .superRefine(noneTwice);

const jenkins = object({
  url: serverUrl.describe("Address of the Jenkins server."),
  tokenSecret: secretName.describe(
    putByAPerson('Name of the secret, JSON with "user" and "token", an API token of that user.'),
  ),
});

const gitlab = object({
  url: issuer.describe(
    "Address of the GitLab server, as its tokens say it (iss): AWS fetches its keys from there.",
  ),
  tokenSecret: secretName.describe(
    putByAPerson(
      'Name of the secret, JSON with "token", an access token of scope api that may make projects in the groups.',
    ),
  ),
});

const github = object({
  connection: connectionArn.describe("ARN of a connection that stands."),
});

/** The key `projectTemplates` of a workload's file. */
export const projectTemplatesSettings = object({
  templates: templates
    .optional()
    .describe(
      `Which templates are offered: ${names.join(", ")}. Default: those of Jenkins where the file names a ci, that of GitLab where this names a gitlab.`,
    ),
  users: users
    .default([])
    .describe(
      "ARNs of this account's roles that may make projects, such as execution roles of Studio. Default: none.",
    ),
  jenkins: jenkins
    .optional()
    .describe(
      "The Jenkins server that is asked to deploy approved versions of projects. Default: nobody is asked.",
    ),
  gitlab: gitlab.optional().describe("The GitLab server that has the repositories of template gitlab."),
  github: github
    .optional()
    .describe(
      "How GitHub is reached. Default: the stack makes a connection, which a person completes in a browser.",
    ),
}).describe("Templates of SageMaker projects that this account offers. Default: none.");

export type ProjectTemplatesSettings = z.output<typeof projectTemplatesSettings>;

export const findProjectTemplates = (environment: Environment): ProjectTemplatesSettings | undefined =>
  (environment as Environment & { readonly projectTemplates?: ProjectTemplatesSettings }).projectTemplates;

/** @throws Error where the account offers none */
export function projectTemplatesOf(workload: WorkloadEnvironment): ProjectTemplatesSettings {
  const settings = findProjectTemplates(workload);
  if (!settings) throw new Error(`environment ${workload.name} offers no project templates`);
  return settings;
}
