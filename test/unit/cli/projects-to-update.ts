import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { SageMakerClient, UpdateProjectCommand, type ProjectStatus } from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { join } from "node:path";
import { renderTemplate, type Seed, type TemplateVersion } from "../../../templates";
import { repository } from "../../../tools/paths";
import { templateEnvironment } from "../../support/project-templates";
import { offer, shippedTemplate, twoVersions } from "../../support/template-registry";
import { project, stack } from "./described-project";
import { mlops, mockSts } from "./support";

const environments = join(repository, "test/fixtures/estate-with-roles");

/** The project in a state, by a name of its template that somebody else gave. */
export const of = (ProjectStatus: ProjectStatus) => ({
  ...project,
  ProjectStatus,
  TemplateProviderDetails: [
    {
      CfnTemplateProviderDetail: {
        ...project.TemplateProviderDetails?.[0]?.CfnTemplateProviderDetail,
        TemplateName: "as-studio-calls-it",
        TemplateURL: "https://templates.s3.us-east-1.amazonaws.com/studio/gitlab.json",
      },
    },
  ],
});

/** A version of the template gitlab, as text. */
function textOf(version: TemplateVersion): string {
  const seeds = version.repositories.map(({ name }): [string, Seed] => [
    name,
    { key: `seeds/gitlab/${version.name}/${name}.tar.gz`, versionId: "v" },
  ]);
  const environment = { ...templateEnvironment, seeds: Object.fromEntries(seeds) };
  return JSON.stringify(renderTemplate(shippedTemplate("gitlab"), version, environment));
}

/** What the bucket has below a prefix: what was there before the last apply, what is there since, and what is another version's. */
const keys = (prefix: string) => ({
  Contents: [
    { Key: `${prefix}aaaaaaaaaaaa.json`, LastModified: new Date(2) },
    { Key: `${prefix}bbbbbbbbbbbb.json`, LastModified: new Date(1) },
    { Key: `${prefix}of-others-cccccccccccc.json`, LastModified: new Date(3) },
  ],
});

/** The project's stack, with values beside those that it has. */
export const stackParameters = (values: Readonly<Record<string, string>> = {}) => ({
  Stacks: [
    {
      ...{ StackName: stack, StackStatus: "CREATE_COMPLETE" as const, CreationTime: new Date(0) },
      Parameters: Object.entries({
        SageMakerProjectName: "churn",
        SageMakerProjectId: "p-abcdefghijkl",
        GitLabGroup: "ml",
        ModelBuildCodeRepositoryName: "churn-build",
        ModelDeployCodeRepositoryName: "churn-deploy",
        ...values,
      }).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue })),
    },
  ],
});

const sagemaker = mockClient(SageMakerClient);
const cloudformation = mockClient(CloudFormationClient);
const s3 = mockClient(S3Client);

/** AWS's clients, and what SageMaker was asked to update. */
export const mocks = {
  ...{ sagemaker, cloudformation, s3 },
  sent: () => sagemaker.commandCalls(UpdateProjectCommand).map(({ args: [{ input }] }) => input),
};

/** A project of the first version of gitlab stands, and there is a second; SageMaker describes none yet. */
export function mockStanding(): void {
  const { first, second } = twoVersions("gitlab");
  for (const mock of [sagemaker, cloudformation, s3]) mock.reset();
  mockSts();
  offer({ gitlab: [second, { ...first, guidance: "DEPRECATED" }] });
  sagemaker.on(UpdateProjectCommand).resolves({ ProjectArn: "arn" });
  cloudformation.on(GetTemplateCommand).resolves({ TemplateBody: textOf(first) });
  cloudformation.on(DescribeStacksCommand).resolves(stackParameters());
  cloudformation.on(ListStackResourcesCommand).resolves({ StackResourceSummaries: [] });
  s3.on(ListObjectsV2Command).callsFake(({ Prefix }: { Prefix: string }) => keys(Prefix));
  s3.on(GetObjectCommand).callsFake(({ Key }: { Key: string }) => ({
    Body: { transformToString: () => Promise.resolve(textOf(Key.includes("/2-") ? second : first)) },
    VersionId: "v 1",
  }));
}

export const update = (...rest: readonly string[]) =>
  mlops("projects update prod churn", { environments, rest });
