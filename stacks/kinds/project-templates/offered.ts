import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { projectTemplatesNames, type ProjectTemplatesNames } from "../../../core/project-names";
import { projectTemplates, type ProjectTemplate, type Server } from "../../../templates";
import type { Secret } from "../../kind";
import { projectTemplatesOf, type ProjectTemplatesSettings } from "./settings";

export { currentVersion, type ProjectTemplate, type TemplateVersion } from "../../../templates";

/** What an account's file says that decides on templates; it may have mistakes. */
export interface Offer extends Pick<ProjectTemplatesSettings, "templates" | "gitlab"> {
  /** Name of the environment whose Jenkins server becomes CI's role. */
  readonly ci?: string | undefined;
}

/** The templates that an account offers: those it names, or all whose server it knows. */
export function templatesOffered({ templates, gitlab, ci }: Offer): ProjectTemplate[] {
  const known: Readonly<Record<Server, boolean>> = {
    jenkins: ci !== undefined,
    gitlab: gitlab !== undefined,
  };
  return projectTemplates.filter(({ name, server }) =>
    templates === undefined ? known[server] : templates.includes(name),
  );
}

export const templatesIn = (workload: WorkloadEnvironment): ProjectTemplate[] =>
  templatesOffered({ ...projectTemplatesOf(workload), ci: workload.ci });

/** Whether an account offers a template of a server. */
export const offers = (workload: WorkloadEnvironment, server: Server): boolean =>
  templatesIn(workload).some((template) => template.server === server);

export const namesIn = (
  { shared: { project } }: Estate,
  { name, account }: WorkloadEnvironment,
): ProjectTemplatesNames => projectTemplatesNames({ project, environment: name, account });

/** Servers that are asked to deploy approved versions, by kind, as the function that asks is told them. */
export function releaseServers(
  workload: WorkloadEnvironment,
): Readonly<Partial<Record<Server, { readonly url: string; readonly secret: string }>>> {
  const { jenkins, gitlab } = projectTemplatesOf(workload);
  const asked = (
    server: Server,
    settings: { readonly url: string; readonly tokenSecret: string } | undefined,
  ) =>
    settings && offers(workload, server)
      ? { [server]: { url: settings.url, secret: settings.tokenSecret } }
      : {};
  return { ...asked("jenkins", jenkins), ...asked("gitlab", gitlab) };
}

/** What people put into Secrets Manager. */
export function secretsOf(workload: WorkloadEnvironment): Secret[] {
  const { jenkins, gitlab } = releaseServers(workload);
  return [
    ...(jenkins
      ? [{ name: jenkins.secret, holds: 'JSON with "user" and "token", an API token of that user' }]
      : []),
    ...(gitlab ? [{ name: gitlab.secret, holds: 'JSON with "token", an access token of scope api' }] : []),
  ];
}
