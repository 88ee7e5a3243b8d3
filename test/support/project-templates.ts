import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectTemplatesNames } from "../../core/project-names";
import { launchStatements } from "../../stacks/kinds/project-templates/launch-statements";
import { projectTemplates, renderTemplate, type Seed, type TemplateEnvironment } from "../../templates";
import type { CloudFormationTemplate } from "../../templates/cloudformation";
import { noVersion } from "../../templates/no-version";

const where = { account: "111111111111", region: "us-east-1" };
const names = projectTemplatesNames({ project: "mlops", environment: "dev", account: where.account });
const boundaryArn = "arn:aws:iam::111111111111:policy/mlops-dev-project-boundary";
const release = {
  functionArn: "arn:aws:lambda:us-east-1:111111111111:function:mlops-dev-project-release",
  undeliveredQueueArn: "arn:aws:sqs:us-east-1:111111111111:mlops-dev-projects-undelivered-events",
};

/** An environment that offers every template, and asks both servers. */
export const templateEnvironment: Omit<TemplateEnvironment, "seeds"> = {
  ...{ where, boundaryArn },
  prefix: names.prefix,
  projectsBucket: names.projectsBucket,
  keyAlias: names.keyAlias,
  seedFunctionArn: "arn:aws:lambda:us-east-1:111111111111:function:mlops-dev-seed-repository",
  releases: { jenkins: release, gitlab: release },
  jenkinsServerArn: "arn:aws:iam::444444444444:role/jenkins-server-role",
  gitlabUrl: "https://gitlab.example.com",
  tags: { project: "mlops", owner: "ml-platform", environment: "dev", stack: "dev-project-templates" },
};

/** Every version of every template there, by `<template>-<version>`, and what products are made with. */
export const renderedTemplates = () => ({
  none: noVersion,
  ...Object.fromEntries(
    projectTemplates.flatMap((template) =>
      template.versions.map((version) => {
        const seeds = version.repositories.map(({ name }): [string, Seed] => [
          name,
          { key: `seeds/${template.name}/${version.name}/${name}.tar.gz`, versionId: `version-of-${name}` },
        ]);
        const environment = { ...templateEnvironment, seeds: Object.fromEntries(seeds) };
        return [`${template.name}-${version.name}`, renderTemplate(template, version, environment)];
      }),
    ),
  ),
});

const rendered: Readonly<Record<string, CloudFormationTemplate>> = renderedTemplates();
/** @throws Error for a name that no template has */
export function templateOf(name: string): CloudFormationTemplate {
  const template = rendered[`${name}-1`];
  if (!template) throw new Error(`no template is named ${name}`);
  return template;
}

/** Every template. */
export const everyTemplate = ["jenkins", "jenkins-batch", "gitlab"].map(templateOf);

/** Resources of a type, each with its id in the template. */
export const ofType = ({ Resources }: CloudFormationTemplate, type: string) =>
  Object.entries(Resources).flatMap(([id, resource]) =>
    resource.Type === type ? [{ id, ...resource }] : [],
  );

/** What makes projects of these may do. */
export const launchPolicy = () => launchStatements({ where, names, boundaryArn, releases: true });

/** Where they are kept, for whoever changes a version that people have, and for cfn-lint. */
export const renderedFolder = join(__dirname, "../fixtures/project-templates");

/** Files of the folder, by name. */
export const renderedFiles = (): Record<string, object> => ({
  ...Object.fromEntries(
    Object.entries(renderedTemplates()).map(([name, template]) => [`templates/${name}.json`, template]),
  ),
  "launch-role.json": launchPolicy(),
});

if (require.main === module)
  for (const [name, content] of Object.entries(renderedFiles()))
    writeFileSync(join(renderedFolder, name), `${JSON.stringify(content, undefined, 2)}\n`);
