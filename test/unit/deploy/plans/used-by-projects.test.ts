import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  type Stack,
} from "@aws-sdk/client-cloudformation";
import { mockClient } from "aws-sdk-client-mock";
import { usedByProjects } from "../../../../deploy/plans/used-by-projects";
import type { StateResource } from "../../../../deploy/terraform/state-json";
import type { StackDescription } from "../../../../stacks/list";

const cloudformation = mockClient(CloudFormationClient);
const stack = { id: "dev-project-templates", environment: { name: "dev" } } as StackDescription;
const accounts = { of: () => Promise.resolve({ region: "us-east-1", maxAttempts: 1 }) } as never;
const arn = (name: string): string => `arn:aws:iam::111111111111:role/${name}`;
const resource = (type: string, attributes: object): StateResource => ({
  ...{ mode: "managed", type, name: "one" },
  instances: [{ attributes: attributes as Readonly<Record<string, unknown>> }],
});
const portfolio = resource("aws_servicecatalog_portfolio", { arn: "arn:aws:catalog:::portfolio/port-1" });
const role = resource("aws_iam_role", { arn: arn("launch"), name: "launch" });

const projectStack = (name: string, more: Partial<Stack> = {}): Stack => ({
  ...{ StackName: name, StackId: name, StackStatus: "CREATE_COMPLETE", CreationTime: new Date(0) },
  Parameters: Object.entries({ SageMakerProjectName: name, SageMakerProjectId: `p-${name}` }).map(
    ([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }),
  ),
  ...more,
});

beforeEach(() => {
  cloudformation.reset();
  cloudformation.on(DescribeStacksCommand).resolves({
    Stacks: [
      projectStack("churn", { RoleARN: arn("launch") }),
      projectStack("fraud"),
      projectStack("other", { RoleARN: arn("launch-of-others") }),
      projectStack("none", { Parameters: [], RoleARN: arn("launch") }),
    ],
  });
  cloudformation
    .on(GetTemplateCommand)
    .callsFake(({ StackName }) => ({ TemplateBody: StackName === "fraud" ? arn("launch") : "{}" }));
});

test("each project is named whose stack works by what goes, by its role or by its template, and no other stack", async () => {
  const line = (name: string): string =>
    `dev-project-templates: would destroy what the SageMaker project ${name} (p-${name}) uses, which stands: aws_iam_role.one; ` +
    `mlops projects delete dev ${name} first`;
  expect(await usedByProjects(accounts, stack, [portfolio, role])).toEqual([line("churn"), line("fraud")]);
});

test("where the offer of templates stays nobody is asked", async () => {
  expect(await usedByProjects(accounts, stack, [role])).toEqual([]);
  expect(cloudformation.calls()).toHaveLength(0);
});

test("a role that may not look destroys nothing that projects may use", async () => {
  const denied = Object.assign(new Error("not authorized to perform: cloudformation:DescribeStacks"), {
    name: "AccessDenied",
  });
  cloudformation.on(DescribeStacksCommand).rejects(denied);
  expect(await usedByProjects(accounts, stack, [portfolio, role])).toEqual([
    expect.stringMatching(
      /^dev-project-templates: would destroy .* may not see whether any stands \(not authorized .*--role/,
    ),
  ]);
  cloudformation.on(DescribeStacksCommand).rejects(new Error("no network"));
  await expect(usedByProjects(accounts, stack, [portfolio, role])).rejects.toThrow("no network");
});
