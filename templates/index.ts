import type { CloudFormationTemplate } from "./cloudformation";
import { gitlab } from "./gitlab/template";
import { jenkins } from "./jenkins/template";
import { jenkinsBatch } from "./jenkins-batch/template";
import type { ProjectTemplate, TemplateEnvironment, TemplateVersion } from "./template";

export type {
  ProjectTemplate,
  RepositoryName,
  Seed,
  SeededRepository,
  Server,
  TemplateEnvironment,
  TemplateVersion,
} from "./template";

/** The templates that projects may be made of, in the order in which people are shown them. */
export const projectTemplates: readonly ProjectTemplate[] = [jenkins, jenkinsBatch, gitlab];

/** The version that people get who name none: the newest that is active. @throws Error where none is */
export function currentVersion({ name, versions }: ProjectTemplate): TemplateVersion {
  const current = versions.find(({ active, guidance }) => active && guidance === "DEFAULT");
  if (!current) throw new Error(`template ${name} must have a version that is active`);
  return current;
}

/** A version's template, for an environment: of the servers it has, that which the template is for. */
export const renderTemplate = (
  { name, server }: ProjectTemplate,
  version: TemplateVersion,
  { jenkinsServerArn, gitlabUrl, releases, ...environment }: TemplateEnvironment,
): CloudFormationTemplate =>
  version.render({
    ...environment,
    ...(server === "jenkins" ? { jenkinsServerArn } : { gitlabUrl }),
    release: releases[server],
    template: name,
    version: version.name,
  });
