import { z } from "zod";
import { putByAPerson, secretName, serverUrl } from "../../../config/ci-server";
import { emails } from "../../../config/formats";
import { object } from "../../../config/object";
import type { Environment } from "../../../config/schema";
import type { Secret } from "../../kind";

/** What Jenkins refuses in names. https://github.com/jenkinsci/jenkins/blob/master/core/src/main/java/jenkins/model/Jenkins.java */
const job = /^[^\s?*/\\%!@#$^&|<>[\]:;]+(?:\/[^\s?*/\\%!@#$^&|<>[\]:;]+)*$/;
const text = (pattern: RegExp, rule: string) => z.string(rule).regex(pattern, rule);

const jenkins = object({
  url: serverUrl.describe("Address of the Jenkins server."),
  job: text(job, 'must be the name of a job, with its folders, such as "mlops/deploy"').describe(
    "Job that releases a version, with its folders. Its parameter MODEL_PACKAGE_ARN gets the version.",
  ),
  tokenSecret: secretName.describe(
    putByAPerson('Name of the secret, JSON with "user" and "token", an API token of that user.'),
  ),
});

const gitlab = object({
  url: serverUrl.describe("Address of the GitLab server."),
  project: text(
    /^(?:\d+|[\w.-]+(?:\/[\w.-]+)+)$/,
    'must be the id of a project, or its path with groups, such as "ml/models", in quotes',
  ).describe("Project whose pipeline releases a version, by id or by path."),
  ref: text(/^[\w][\w./-]{0,254}$/, "must be the name of a branch or a tag").describe(
    "Branch or tag whose pipeline runs. Its input model_package_arn gets the version.",
  ),
  tokenSecret: secretName.describe(
    putByAPerson(
      'Name of the secret, JSON with "token", a project access token of scope api and role Developer.',
    ),
  ),
});

/** The key `onApproval` of a registry's file. */
export const onApproval = object({
  jenkins: jenkins.optional().describe("The Jenkins server that releases approved versions."),
  gitlab: gitlab.optional().describe("The GitLab server that releases approved versions."),
  alertEmails: emails
    .default([])
    .describe("E-mail addresses that hear of approvals that did not reach the CI server."),
})
  .refine(
    (settings) => (settings.jenkins === undefined) !== (settings.gitlab === undefined),
    'must have either "jenkins" or "gitlab", and not both',
  )
  .describe("What happens when a version is approved: a CI server is asked to release it. Default: nothing.");

export type OnApproval = z.output<typeof onApproval>;

/** @returns undefined where an account does not ask for it */
export const findOnApproval = (environment: Environment): OnApproval | undefined =>
  (environment as Environment & { readonly onApproval?: OnApproval }).onApproval;

/** @throws Error where the account does not ask for it */
export function onApprovalOf(environment: Environment): OnApproval {
  const settings = findOnApproval(environment);
  if (!settings) throw new Error(`environment ${environment.name} asks for nothing on approval`);
  return settings;
}

/** Which server is asked, without where its token is. */
export function ciServerOf({ jenkins, gitlab }: OnApproval): {
  readonly server: object;
  readonly name: string;
  readonly tokenSecret: string;
} {
  if (jenkins) {
    const { tokenSecret, ...server } = jenkins;
    return { server: { jenkins: server }, name: `job ${jenkins.job} of ${jenkins.url}`, tokenSecret };
  }
  if (!gitlab) throw new Error("onApproval names no server");
  const { tokenSecret, ...server } = gitlab;
  return { server: { gitlab: server }, name: `project ${gitlab.project} of ${gitlab.url}`, tokenSecret };
}

/** What a person puts into Secrets Manager, for the function to read. */
export const tokenSecretOf = (settings: OnApproval): Secret => ({
  name: ciServerOf(settings).tokenSecret,
  holds: settings.jenkins
    ? 'JSON with "user" and "token", an API token of that user'
    : 'JSON with "token", a project access token',
});
