import {
  arn,
  boundary,
  id,
  offering,
  policyOf,
  roleArn,
  servers,
  templateIn,
  user,
} from "../../support/offering";
import { billOfMaterials, only, resources, statementsOf, type Synthesised } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const all = changedStacks(offering({ users: [user], ...servers }));
const stack = stackOf(all, id);

test("defect 13.6: the launch role makes roles of projects alone, within the boundary, and is for the catalog and CloudFormation", () => {
  const statements = policyOf(stack, "launch");
  const making = statements.filter(({ Action }) => Action.some((action) => /^iam:(Create|Put)/.test(action)));
  expect(making).toEqual([
    expect.objectContaining({
      Resource: [roleArn("mlops-prod-p-*-execution"), roleArn("mlops-prod-p-*-ci")],
      Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } },
    }),
  ]);
  expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
  expect(statements.find(({ Action }) => Action.includes("events:PutTargets"))?.Condition).toEqual({
    "ForAllValues:ArnEquals": { "events:TargetArn": arn("lambda", "function:mlops-prod-project-release") },
  });
  const launch = resources(stack, "aws_iam_role").find(({ name }) => name === "mlops-prod-project-launch");
  expect(statementsOf(launch?.assume_role_policy)).toMatchObject([
    {
      Principal: { Service: ["cloudformation.amazonaws.com", "servicecatalog.amazonaws.com"] },
      Condition: { StringEquals: { "aws:SourceAccount": "222222222222" } },
    },
  ]);
});

test("where every role of the account has a boundary, projects' have that one", () => {
  const bounded = stackOf(
    changedStacks(offering({ ...servers }, { permissionsBoundary: "team/Boundary" })),
    id,
  );
  expect(JSON.stringify(policyOf(bounded, "launch"))).toContain("policy/team/Boundary");
  expect(templateIn(bounded, "jenkins")).toContain('"arn:aws:iam::222222222222:policy/team/Boundary"');
  expect(JSON.stringify(bounded)).not.toContain(boundary);
});

test("users are let into the portfolio, pass the launch role, and read Studio's and the catalog's templates", () => {
  expect(only(stack, "aws_servicecatalog_principal_portfolio_association").principal_arn).toBe(user);
  expect(only(stack, "aws_iam_role_policy_attachment").role).toBe("StudioExecution");
  const [policy] = resources(stack, "aws_iam_policy").filter(
    ({ name }) => name === "mlops-prod-project-users",
  );
  const statements = statementsOf(policy?.policy);
  expect(statements.find(({ Action }) => Action.includes("iam:PassRole"))?.Resource).toEqual([
    roleArn("mlops-prod-project-launch"),
  ]);
  expect(statements.find(({ Action }) => Action.includes("s3:GetObject"))?.Resource).toEqual([
    "arn:aws:s3:::mlops-prod-templates-222222222222/studio/*",
    "arn:aws:s3:::mlops-prod-templates-222222222222/catalog/*",
  ]);
});

test("18.2, 18.6: tokens stand nowhere, only what their secrets are called, and each function reads its own", () => {
  const variables: Readonly<Record<string, object>> = Object.fromEntries(
    resources(stack, "aws_lambda_function").map(({ function_name, environment }) => [
      String(function_name),
      (environment as { readonly variables: object }).variables,
    ]),
  );
  expect(variables).toMatchObject({
    "mlops-prod-seed-repository": {
      SEEDS_BUCKET: "mlops-prod-templates-222222222222",
      GITLAB_URL: "https://gitlab.example.com",
      GITLAB_TOKEN_SECRET: "ci/gitlab-projects",
      CONNECTION: expect.stringMatching(/^\$\{aws_codeconnections_connection\.\w+\.arn\}$/) as string,
    },
    "mlops-prod-project-release": {
      CI: JSON.stringify({
        jenkins: { url: servers.jenkins.url, secret: servers.jenkins.tokenSecret },
        gitlab: { url: servers.gitlab.url, secret: servers.gitlab.tokenSecret },
      }),
    },
  });
  const secretsOf = (policy: string) =>
    policyOf(stack, policy).find(({ Action }) => Action.includes("secretsmanager:GetSecretValue"))?.Resource;
  expect(secretsOf("seed-repository")).toEqual([arn("secretsmanager", "secret:ci/gitlab-projects-??????")]);
  expect(secretsOf("release-trigger")).toHaveLength(2);
});

test("rules of projects call the one function, and nothing where no server is named", () => {
  expect(only(stack, "aws_lambda_permission").source_arn).toBe(arn("events", "rule/sagemaker-p-*-approved"));
  const silent = stackOf(changedStacks(offering({})), id);
  expect(billOfMaterials(silent)).not.toHaveProperty("aws_dynamodb_table");
  expect(templateIn(silent, "jenkins")).not.toContain("AWS::Events::Rule");
  expect(JSON.stringify(policyOf(silent, "launch"))).not.toContain("events:");
});

test("the Jenkins server may be CI of the account's projects, and of no other's", () => {
  const server = (of: Record<string, Synthesised>) =>
    statementsOf(only(stackOf(of, "jenkins"), "aws_iam_role_policy").policy).find(
      ({ Sid }) => Sid === "AssumeProjectRoles",
    )?.Resource;
  expect(server(all)).toEqual([roleArn("mlops-prod-p-*-ci")]);
  expect(server(changedStacks(offering({ templates: ["gitlab"], gitlab: servers.gitlab })))).toBeUndefined();
});

test("functions run in the network that a file names, and where the stacks make one, which leads nowhere, in Lambda's", () => {
  const network = { subnetIds: ["subnet-0123456789abcdef0"], securityGroupIds: ["sg-0123456789abcdef0"] };
  const networks = (more: object) =>
    resources(stackOf(changedStacks(offering({ ...servers }, more)), id), "aws_lambda_function").map(
      ({ vpc_config }) => vpc_config,
    );
  expect(networks({ network })).toEqual([
    { subnet_ids: network.subnetIds, security_group_ids: network.securityGroupIds },
    { subnet_ids: network.subnetIds, security_group_ids: network.securityGroupIds },
  ]);
  expect(networks({ network: { create: true } })).toEqual([undefined, undefined]);
});
