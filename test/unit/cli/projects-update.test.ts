import {
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { DescribeProjectCommand, UpdateProjectCommand } from "@aws-sdk/client-sagemaker";
import { offer, twoVersions } from "../../support/template-registry";
import { stack } from "./described-project";
import { mocks, mockStanding, of, stackParameters, update } from "./projects-to-update";
import { jsonOf } from "./support";

jest.mock(
  "../../../templates",
  () => jest.requireActual<{ readonly registry: object }>("../../support/template-registry").registry,
);

const { sagemaker, cloudformation, s3, sent } = mocks;
const { first, second } = twoVersions("gitlab");

beforeEach(() => {
  mockStanding();
  sagemaker.on(DescribeProjectCommand).resolvesOnce(of("CreateCompleted")).resolves(of("UpdateCompleted"));
});

test("a project is moved to the newest version of its template, once it is told what changes", async () => {
  const { code, err, out } = await update();
  expect([code, err.split("\n").slice(0, 4)]).toEqual([
    0,
    [
      "churn: template gitlab, version 1 to 2",
      "change  ExecutionRole    AWS::IAM::Role            Description",
      "change  ModelBuildSeed   Custom::SeededRepository  Seed, Project",
      "change  ModelDeploySeed  Custom::SeededRepository  Seed, Project",
    ],
  ]);
  expect(err).toContain("new code comes on a branch seed/2 of each");
  expect(out).toMatch(/^Status +UpdateCompleted$/m);
  const [{ ProjectName, TemplateProvidersToUpdate } = { ProjectName: "" }] = sent();
  const { Parameters, ...place } = TemplateProvidersToUpdate?.[0]?.CfnTemplateProvider ?? {};
  expect([ProjectName, place]).toEqual([
    "churn",
    {
      TemplateName: "as-studio-calls-it",
      TemplateURL: expect.stringMatching(
        /^https:\/\/mlops-prod-templates-222222222222\.s3\.us-east-1\.amazonaws\.com\/catalog\/gitlab\/2-aaaaaaaaaaaa\.json\?versionId=v%201$/,
      ) as string,
    },
  ]);
  expect(Parameters).toEqual([
    { Key: "GitLabGroup", Value: "ml" },
    { Key: "ModelBuildCodeRepositoryName", Value: "churn-build" },
    { Key: "ModelDeployCodeRepositoryName", Value: "churn-deploy" },
  ]);
});

test("values that are given take the place of those that it has, at its own version as well", async () => {
  const answer = await update("--template-version", "1", "--param", "GitLabGroup=risk", "--json");
  expect(jsonOf(answer)).toMatchObject({
    status: "UpdateCompleted",
    update: {
      ...{ template: "gitlab", from: "1", to: "1", guidance: "DEPRECATED", resources: [], others: [] },
      parameters: [{ name: "GitLabGroup", from: "ml", to: "risk" }],
    },
  });
  expect(answer.err).toContain("churn: template gitlab, version 1 anew, which is deprecated");
  expect(answer.err).toMatch(/^parameter +GitLabGroup +"ml" +becomes "risk"$/m);
  const provider = sent()[0]?.TemplateProvidersToUpdate?.[0]?.CfnTemplateProvider;
  expect(provider?.Parameters?.[0]).toEqual({ Key: "GitLabGroup", Value: "risk" });
});

test("where nothing differs AWS is asked for nothing", async () => {
  const { code, out } = await update("--template-version", "1");
  expect([code, out, sent()]).toEqual([0, "churn is at version 1 already\n", []]);
});

test("every mistake in values is told, of those that it has and the version refuses as well", async () => {
  cloudformation.on(DescribeStacksCommand).resolves(stackParameters({ GitLabGroup: "https://old" }));
  const { code, err } = await update(
    "--param",
    "GitlabGroup=ml",
    "--param",
    "ModelBuildCodeRepositoryName=a b",
  );
  expect([code, sent()]).toEqual([2, []]);
  expect(err.split("\n").filter(Boolean)).toEqual([
    'The template has no parameter "GitlabGroup" (did you mean "GitLabGroup"?)',
    expect.stringMatching(/^Parameter GitLabGroup must be the path of a group .*got: https:\/\/old$/),
    expect.stringMatching(/^Parameter ModelBuildCodeRepositoryName must be letters, .*got: a b$/),
  ]);
});

test("a version is one that the template has, that is active, and that is applied", async () => {
  offer({ gitlab: [second, { ...first, active: false }] });
  const unknown = await update("--template-version", "3");
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('gitlab has no version "3"')]);
  const inactive = await update("--template-version", "1");
  expect([inactive.code, inactive.err]).toEqual([
    2,
    expect.stringContaining("Version 1 of template gitlab is not active"),
  ]);
  s3.on(ListObjectsV2Command).resolves({});
  const early = await update();
  expect([early.code, early.err]).toEqual([2, expect.stringContaining("apply prod-project-templates first")]);
  expect(sent()).toEqual([]);
});

test.each(["CreateInProgress", "CreateFailed", "DeleteFailed"] as const)(
  "a project that is %s is not updated",
  async (status) => {
    sagemaker.on(DescribeProjectCommand).resolvesOnce(of(status));
    const { code, err } = await update();
    expect([code, sent()]).toEqual([2, []]);
    expect(err).toContain(status);
  },
);

test("a project of somebody else's template is not updated", async () => {
  cloudformation.on(GetTemplateCommand).resolves({ TemplateBody: "Resources:\n  Bucket: {}" });
  expect(await update()).toMatchObject({
    code: 2,
    err: expect.stringContaining("none of the templates") as string,
  });
});

test("of an update that fails the true reason is told, and 1 is the end", async () => {
  sagemaker.on(DescribeProjectCommand).resolvesOnce(of("UpdateFailed")).resolves(of("UpdateFailed"));
  const reason = "ml/churn-build: the branch seed/2 has something else: merge it, or delete it, first";
  const failed = { LogicalResourceId: "ModelBuildSeed", ResourceStatus: "UPDATE_FAILED" as const };
  cloudformation.on(DescribeStackEventsCommand).resolves({
    StackEvents: [
      {
        ...failed,
        StackId: stack,
        EventId: "1",
        StackName: "SP",
        Timestamp: new Date(0),
        ResourceStatusReason: reason,
      },
    ],
  });
  const { code, out } = await update();
  expect([code, out]).toEqual([1, expect.stringContaining(reason)]);
});

test("Ctrl-C leaves an update to AWS, says how to look at it, and ends with 130", async () => {
  sagemaker.reset();
  sagemaker
    .on(DescribeProjectCommand)
    .resolvesOnce(of("CreateCompleted"))
    .callsFake(() => {
      process.emit("SIGINT");
      return of("UpdateInProgress");
    });
  sagemaker.on(UpdateProjectCommand).resolves({ ProjectArn: "arn" });
  const { code, err } = await update();
  expect([code, err]).toEqual([130, expect.stringContaining("mlops projects show prod churn")]);
});
