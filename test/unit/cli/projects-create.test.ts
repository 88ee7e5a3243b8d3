import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CloudFormationClient,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from "@aws-sdk/client-cloudformation";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateProjectCommand, DescribeProjectCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { mockClient } from "aws-sdk-client-mock";
import { repository } from "../../../tools/paths";
import { renderedFolder } from "../../support/project-templates";
import { gone, project } from "./described-project";
import { mlops, mockSts } from "./support";

const [sagemaker, cloudformation] = [mockClient(SageMakerClient), mockClient(CloudFormationClient)];
const s3 = mockClient(S3Client);

const environments = join(repository, "test/fixtures/estate-with-roles");
const template = readFileSync(join(renderedFolder, "templates/gitlab-1.json"), "utf8");
const repositories = [
  ...["--param", "GitLabGroup=ml", "--param", "ModelBuildCodeRepositoryName=churn-build"],
  ...["--param", "ModelDeployCodeRepositoryName=churn-deploy"],
];
const create = (name: string, ...rest: readonly string[]) =>
  mlops("projects create prod", { environments, rest: [name, "--template", "gitlab", ...rest] });

beforeEach(() => {
  for (const mock of [sagemaker, cloudformation, s3]) mock.reset();
  mockSts();
  cloudformation.on(ListStackResourcesCommand).resolves({
    StackResourceSummaries: [
      {
        ...{ LogicalResourceId: "ExecutionRole", ResourceType: "AWS::IAM::Role", PhysicalResourceId: "role" },
        ...{ ResourceStatus: "CREATE_COMPLETE", LastUpdatedTimestamp: new Date(0) },
      },
    ],
  });
  cloudformation.on(GetTemplateCommand).resolves({ TemplateBody: template });
  s3.on(GetObjectCommand).callsFake(() => ({
    Body: { transformToString: () => Promise.resolve(template) },
    VersionId: "v 1",
  }));
  sagemaker.on(DescribeProjectCommand).rejectsOnce(gone).resolves(project);
  sagemaker.on(CreateProjectCommand).resolves({ ProjectId: "p-abcdefghijkl", ProjectArn: "arn" });
});

test("a project is made of exactly the version that was read, as the launch role, and followed to its end", async () => {
  const { code, err, out } = await create("churn", ...repositories);
  expect([code, err]).toEqual([0, expect.stringContaining("ExecutionRole: CREATE_COMPLETE")]);
  expect(out).toMatch(/^Status +CreateCompleted$/m);
  const [made] = sagemaker.commandCalls(CreateProjectCommand);
  const { TemplateURL, RoleARN, Parameters } =
    made?.args[0].input.TemplateProviders?.[0]?.CfnTemplateProvider ?? {};
  expect(TemplateURL).toMatch(
    /^https:\/\/[a-z0-9-]+\.s3\.us-east-1\.amazonaws\.com\/studio\/gitlab\.json\?versionId=v%201$/,
  );
  expect(RoleARN).toBe("arn:aws:iam::222222222222:role/mlops-prod-project-launch");
  expect(Parameters).toContainEqual({ Key: "GitLabGroup", Value: "ml" });
});

test("a project is not made with mistakes, of which all are told", async () => {
  const { code, err } = await create(
    `${"a".repeat(32)}-`,
    ...["--param", "GitLabGroup=https://gitlab.example.com/ml", "--param", "GitlabGroup=ml"],
    ...["--param", "ModelBuildCodeRepositoryName=churn-build"],
  );
  expect(code).toBe(2);
  expect(err.split("\n").filter(Boolean)).toEqual([
    expect.stringMatching(/name must be 1 to 32 letters, digits and inner dashes, got: "a{32}-"/),
    'The template has no parameter "GitlabGroup" (did you mean "GitLabGroup"?)',
    expect.stringMatching(/^Parameter GitLabGroup must be the path of a group/),
    expect.stringMatching(/^Parameter ModelDeployCodeRepositoryName has no default/),
  ]);
  expect(sagemaker.commandCalls(CreateProjectCommand)).toHaveLength(0);
});

test("repositories are the project's own, and addresses theirs, before anything is made", async () => {
  const jenkins = readFileSync(join(renderedFolder, "templates/jenkins-1.json"), "utf8");
  s3.on(GetObjectCommand).callsFake(() => ({ Body: { transformToString: () => Promise.resolve(jenkins) } }));
  const given = (owner: string) => [
    ...["--param", `ModelBuildCodeRepositoryURL=https://github.com/${owner}/build.git`],
    ...["--param", "ModelBuildCodeRepositoryFullname=example/build"],
    ...["--param", "ModelDeployCodeRepositoryURL=https://github.com/example/deploy"],
  ];
  const make = (owner: string, deploy: string) =>
    mlops("projects create prod churn --template jenkins", {
      environments,
      rest: [...given(owner), "--param", `ModelDeployCodeRepositoryFullname=${deploy}`],
    });
  const { code, err } = await make("somebody", "Example/Build");
  expect(code).toBe(2);
  expect(err.split("\n").filter(Boolean)).toEqual([
    "Parameter ModelBuildCodeRepositoryURL must be the address of example/build, got: https://github.com/somebody/build.git",
    "Parameter ModelDeployCodeRepositoryURL must be the address of Example/Build, got: https://github.com/example/deploy",
    "Parameters ModelBuildCodeRepositoryFullname and ModelDeployCodeRepositoryFullname must be repositories of their own, got: Example/Build twice",
  ]);
  expect(sagemaker.commandCalls(CreateProjectCommand)).toHaveLength(0);
  expect((await make("example", "example/deploy")).code).toBe(0);
});

test.each(["a".repeat(33), "churn-", "-churn", "chu_rn", ""])("a project is not called %j", async (name) => {
  expect(await create(name, ...repositories)).toMatchObject({ code: 2, err: /name must be/ as never });
});

test("a project is not made where there is one of its name, which says what to do where that has failed", async () => {
  sagemaker.reset();
  sagemaker.on(DescribeProjectCommand).resolves({ ...project, ProjectStatus: "CreateFailed" });
  const { code, err } = await create("churn", ...repositories);
  expect([code, err]).toEqual([2, expect.stringContaining("mlops projects delete prod churn")]);
});

test("a project is of a template that the environment offers and has applied", async () => {
  const unknown = await mlops("projects create prod churn --template jenkin", { environments });
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('(did you mean "jenkins"?)')]);
  const none = await mlops("projects create dev churn --template jenkins", { environments });
  expect([none.code, none.err]).toEqual([2, expect.stringContaining("has no projectTemplates")]);
  s3.on(GetObjectCommand).rejects(Object.assign(new Error("none"), { name: "NoSuchBucket" }));
  const early = await create("churn", ...repositories);
  expect([early.code, early.err]).toEqual([2, expect.stringContaining("apply prod-project-templates first")]);
});

test("Ctrl-C leaves a project to AWS, says how to look at it, and ends with 130", async () => {
  sagemaker
    .on(DescribeProjectCommand)
    .rejectsOnce(gone)
    .callsFake(() => {
      process.emit("SIGINT");
      return { ...project, ProjectStatus: "CreateInProgress" };
    });
  const { code, err } = await create("churn", ...repositories);
  expect([code, err]).toEqual([130, expect.stringContaining("mlops projects show prod churn")]);
});

test.each(["DeleteFailed", "DeleteInProgress"])(
  "a project is not made beside one that is %s",
  async (status) => {
    sagemaker.reset();
    sagemaker.on(DescribeProjectCommand).resolves({ ...project, ProjectStatus: status as never });
    expect(await create("churn", ...repositories)).toMatchObject({ code: 2 });
  },
);
