import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
  type ResourceStatus,
} from "@aws-sdk/client-cloudformation";
import {
  DeleteProjectCommand,
  DescribeProjectCommand,
  ListProjectsCommand,
  SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { gone, project, stack } from "./described-project";
import { jsonOf, mlops, mockSts } from "./support";

const [sagemaker, cloudformation] = [mockClient(SageMakerClient), mockClient(CloudFormationClient)];

beforeEach(() => {
  for (const mock of [sagemaker, cloudformation]) mock.reset();
  mockSts();
  sagemaker.on(DescribeProjectCommand).resolves(project);
  sagemaker.on(ListProjectsCommand).resolves({
    ProjectSummaryList: [
      {
        ProjectName: "churn",
        ProjectId: "p-abcdefghijkl",
        ProjectArn: project.ProjectArn,
        ProjectStatus: "CreateCompleted",
        CreationTime: new Date(0),
      },
    ],
  });
  stackHas([
    "ExecutionRole",
    "AWS::IAM::Role",
    "mlops-dev-project-p-abcdefghijkl-execution",
    "CREATE_COMPLETE",
  ]);
  cloudformation.on(ListStacksCommand).resolves({ StackSummaries: [] });
  const seed = {
    Type: "Custom::SeededRepository",
    Properties: { Project: { template: "jenkins", templateVersion: "1" } },
  };
  cloudformation
    .on(GetTemplateCommand)
    .resolves({ TemplateBody: JSON.stringify({ Resources: { Seed: seed } }) });
});

/** Logical id, type, physical id and status of each resource. */
function stackHas(...resources: readonly (readonly [string, string, string, ResourceStatus])[]): void {
  cloudformation.on(ListStackResourcesCommand).resolves({
    StackResourceSummaries: resources.map(
      ([LogicalResourceId, ResourceType, PhysicalResourceId, ResourceStatus]) => ({
        ...{ LogicalResourceId, ResourceType, PhysicalResourceId, ResourceStatus },
        LastUpdatedTimestamp: new Date(0),
      }),
    ),
  });
}

const group = "arn:aws:sagemaker:us-east-1:111111111111:model-package-group/churn-p-abcdefghijkl";

test("projects are listed, newest first as AWS is asked for them", async () => {
  const { code, out } = await mlops("projects list dev");
  expect(code).toBe(0);
  expect(out.split("\n").slice(0, 2)).toEqual([
    "PROJECT  ID              STATUS           CREATED",
    "churn    p-abcdefghijkl  CreateCompleted  1970-01-01 00:00:00 UTC",
  ]);
  sagemaker
    .on(ListProjectsCommand)
    .resolves({ ProjectSummaryList: [{ ProjectName: "gone", ProjectStatus: "DeleteCompleted" } as never] });
  expect((await mlops("projects list dev")).out).toBe("Environment dev has no project\n");
});

test("a project is shown with what it was made of, and with what its stack made", async () => {
  const { code, out } = await mlops("projects show dev churn");
  expect(code).toBe(0);
  expect(out).toMatch(/^Template +jenkins, version 1, by S3$/m);
  expect(out).toMatch(/^ModelBuildCodeRepositoryFullname +example\/build$/m);
  expect(out).toMatch(
    /^ExecutionRole +AWS::IAM::Role +CREATE_COMPLETE +mlops-dev-project-p-abcdefghijkl-execution$/m,
  );
});

test("of somebody else's template no version is told", async () => {
  cloudformation.on(GetTemplateCommand).resolves({ TemplateBody: "Resources:\n  Bucket: {}" });
  expect((await mlops("projects show dev churn")).out).toMatch(/^Template +by S3$/m);
});

test("of one that failed the true reason is shown: what failed in the last attempt, and not what came of it", async () => {
  sagemaker.on(DescribeProjectCommand).resolves({ ...project, ProjectStatus: "UpdateFailed" });
  const event = (
    LogicalResourceId: string,
    ResourceStatus: string,
    ResourceStatusReason?: string,
  ): object => ({
    ...{ LogicalResourceId, ResourceStatus, ResourceStatusReason, ResourceType: "Custom::SeededRepository" },
    ...{ StackId: stack, EventId: LogicalResourceId, StackName: "SP", Timestamp: new Date(0) },
    PhysicalResourceId: LogicalResourceId === "SP" ? stack : "",
  });
  const newestFirst = [
    event("SP", "UPDATE_ROLLBACK_COMPLETE"),
    event("SP", "UPDATE_ROLLBACK_IN_PROGRESS", "The following resource(s) failed to update: [Build]."),
    event("Deploy", "UPDATE_FAILED", "Resource update cancelled"),
    event("Build", "UPDATE_FAILED", "https://gitlab.example.com answered 401: it does not know the token"),
    event("SP", "UPDATE_IN_PROGRESS", "User Initiated"),
    event("Build", "CREATE_FAILED", "of an attempt before"),
    event("SP", "CREATE_IN_PROGRESS", "User Initiated"),
  ];
  cloudformation.on(DescribeStackEventsCommand).resolves({ StackEvents: newestFirst as never });
  const shown = await mlops("projects show dev churn --json");
  expect(jsonOf(shown)).toMatchObject({
    failures: [
      { logicalId: "Build", reason: "https://gitlab.example.com answered 401: it does not know the token" },
    ],
  });
});

test("of one that failed in the middle it is said what was filled all the same", async () => {
  sagemaker.on(DescribeProjectCommand).resolves({ ...project, ProjectStatus: "CreateFailed" });
  cloudformation.on(DescribeStackEventsCommand).resolves({ StackEvents: [] });
  stackHas(
    ["ModelPackageGroup", "AWS::SageMaker::ModelPackageGroup", group, "DELETE_COMPLETE"],
    ["ModelBuildSeed", "Custom::SeededRepository", "gitlab:ml/churn-build", "DELETE_COMPLETE"],
    ["ModelDeploySeed", "Custom::SeededRepository", "not-seeded:1", "DELETE_COMPLETE"],
  );
  expect((await mlops("projects show dev churn")).out).toContain(
    "Filled all the same: gitlab:ml/churn-build\nThey stay; once churn is deleted",
  );
  sagemaker.reset();
  sagemaker.on(DescribeProjectCommand).resolvesOnce(project).rejects(gone);
  expect(jsonOf(await mlops("projects delete dev churn --yes churn --json"))).toMatchObject({
    stays: { repositories: ["gitlab:ml/churn-build"] },
  });
});

test("a name that no project has, or has any more, is a mistake, with those that there are", async () => {
  const told = 'Environment dev has no project "chrun" (did you mean "churn"?)';
  sagemaker.on(DescribeProjectCommand).rejects(gone);
  expect(await mlops("projects show dev chrun")).toMatchObject({ code: 2, err: `${told}\n` });
  sagemaker.on(DescribeProjectCommand).resolves({ ...project, ProjectStatus: "DeleteCompleted" });
  expect(await mlops("projects delete dev chrun --yes chrun")).toMatchObject({ code: 2, err: `${told}\n` });
});

test("a project whose endpoints stand is not deleted; else it goes, once its name is given, and what stays is said", async () => {
  const standing = "sagemaker-churn-p-abcdefghijkl-staging";
  cloudformation.on(ListStacksCommand).resolves({
    StackSummaries: [standing, "sagemaker-other-p-abcdefghijkm-staging"].map((StackName) => ({
      ...{ StackName, StackStatus: "CREATE_COMPLETE", CreationTime: new Date(0) },
    })),
  });
  const refused = await mlops("projects delete dev churn --yes churn");
  expect(refused.code).toBe(1);
  expect(refused.err).toContain(`its stack ${standing} stands`);
  cloudformation.on(ListStacksCommand).resolves({ StackSummaries: [] });
  expect((await mlops("projects delete dev churn --yes other")).code).toBe(2);
  expect(sagemaker.commandCalls(DeleteProjectCommand)).toHaveLength(0);
  sagemaker.reset();
  sagemaker.on(DescribeProjectCommand).resolvesOnce(project).rejects(gone);
  stackHas(
    ["ModelPackageGroup", "AWS::SageMaker::ModelPackageGroup", group, "CREATE_COMPLETE"],
    ["ModelBuildSeed", "Custom::SeededRepository", "gitlab:ml/churn-build", "CREATE_COMPLETE"],
  );
  const { code, out } = await mlops("projects delete dev churn --yes churn");
  expect([code, out]).toEqual([
    0,
    "Deleted churn. These stay: gitlab:ml/churn-build, the model package group churn-p-abcdefghijkl, " +
      "and what lies below p-abcdefghijkl/ in the bucket of projects\n",
  ]);
  expect(sagemaker.commandCalls(DeleteProjectCommand)).toHaveLength(1);
});
