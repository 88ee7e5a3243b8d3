import { kindOf, listStacks } from "../../../stacks/list";
import { changedEstate, type ChangedEstate, type EstateChange } from "../../support/changed-estate";
import { addStacks } from "../../../stacks/app";
import {
  billOfMaterials,
  only,
  resources,
  statementsOf,
  synthesiseStacks,
  type Synthesised,
} from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const synthesised = (changed: ChangedEstate) =>
  synthesiseStacks((app) => {
    addStacks(app, changed);
  });
const id = "prod-project-templates";
const user = "arn:aws:iam::222222222222:role/service-role/StudioExecution";
const servers = {
  jenkins: { url: "https://jenkins.example.com", tokenSecret: "ci/jenkins-projects" },
  gitlab: { url: "https://gitlab.example.com", tokenSecret: "ci/gitlab-projects" },
};
const offering = (projectTemplates: object, more: object = {}): EstateChange => ({
  files: { "prod.json": { projectTemplates, ...more } },
});
const all = changedStacks(offering({ users: [user], ...servers }));
const stack = stackOf(all, id);
const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:222222222222:${resource}`;
const roleArn = (name: string) => `arn:aws:iam::222222222222:role/${name}`;
const boundary = "arn:aws:iam::222222222222:policy/mlops-prod-project-boundary";

const policyOf = (of: Synthesised, name: string) =>
  statementsOf(resources(of, "aws_iam_role_policy").find((policy) => policy.name === name)?.policy ?? "{}");

/** The template that the catalog gets, as it is after Terraform has read it. */
const templateIn = (of: Synthesised, name: string) =>
  String(resources(of, "aws_s3_object").find(({ key }) => key === `studio/${name}.json`)?.content).replaceAll(
    "$${",
    "${",
  );

test("it holds exactly what it should", () => {
  expect(billOfMaterials(stack)).toMatchInlineSnapshot(`
    {
      "aws_cloudwatch_log_group": 2,
      "aws_cloudwatch_metric_alarm": 2,
      "aws_codeconnections_connection": 1,
      "aws_dynamodb_table": 1,
      "aws_iam_openid_connect_provider": 1,
      "aws_iam_policy": 2,
      "aws_iam_role": 3,
      "aws_iam_role_policy": 3,
      "aws_iam_role_policy_attachment": 1,
      "aws_kms_alias": 1,
      "aws_kms_key": 1,
      "aws_lambda_function": 2,
      "aws_lambda_function_event_invoke_config": 1,
      "aws_lambda_permission": 1,
      "aws_s3_bucket": 2,
      "aws_s3_bucket_cors_configuration": 1,
      "aws_s3_bucket_lifecycle_configuration": 2,
      "aws_s3_bucket_ownership_controls": 2,
      "aws_s3_bucket_policy": 2,
      "aws_s3_bucket_public_access_block": 2,
      "aws_s3_bucket_server_side_encryption_configuration": 2,
      "aws_s3_bucket_versioning": 2,
      "aws_s3_object": 14,
      "aws_sagemaker_servicecatalog_portfolio_status": 1,
      "aws_servicecatalog_constraint": 3,
      "aws_servicecatalog_portfolio": 1,
      "aws_servicecatalog_principal_portfolio_association": 1,
      "aws_servicecatalog_product": 3,
      "aws_servicecatalog_product_portfolio_association": 3,
      "aws_servicecatalog_provisioning_artifact": 3,
      "aws_sns_topic": 1,
      "aws_sns_topic_policy": 1,
      "aws_sns_topic_subscription": 1,
      "aws_sqs_queue": 1,
    }
  `);
});

test("an administrator applies it, and it is listed where a file asks for it alone", () => {
  const { estate, models } = changedEstate(offering({ ...servers }));
  const [found, ...others] = listStacks(estate, models).filter(({ kind }) => kind === "project-templates");
  expect(others).toEqual([]);
  if (!found) throw new Error("no stack is listed");
  expect(kindOf(found).appliedBy(found)).toBe("administrator");
  expect(kindOf(found).contents(estate, found)).toEqual([
    "templates jenkins (1), jenkins-batch (1), gitlab (1)",
    "bucket mlops-prod-projects-222222222222 of what projects write",
    "function mlops-prod-seed-repository",
    "asks jenkins at https://jenkins.example.com to deploy",
    "asks gitlab at https://gitlab.example.com to deploy",
  ]);
  expect(kindOf(found).byHand(estate, found)).toMatchObject({
    connections: [{ name: "mlops-prod-projects" }],
    secrets: [{ name: "ci/jenkins-projects" }, { name: "ci/gitlab-projects" }],
  });
});

test("a connection that stands is used, and none is made for GitLab alone", () => {
  const connection =
    "arn:aws:codeconnections:us-east-1:222222222222:connection/12345678-1234-1234-1234-123456789012";
  const standing = stackOf(changedStacks(offering({ github: { connection } })), id);
  expect(billOfMaterials(standing)).not.toHaveProperty("aws_codeconnections_connection");
  expect(JSON.stringify(policyOf(standing, "seed-repository"))).toContain(connection);
  const gitlab = stackOf(changedStacks(offering({ templates: ["gitlab"], gitlab: servers.gitlab })), id);
  expect(billOfMaterials(gitlab)).not.toHaveProperty("aws_codeconnections_connection");
  expect(JSON.stringify(policyOf(gitlab, "seed-repository"))).not.toContain("codeconnections");
});

test("templates are the bucket's two routes: Studio finds them by tags, the catalog by what they hold", () => {
  const keys = resources(stack, "aws_s3_object").map(({ key, tags }) => [
    String(key).replace(/-[0-9a-f]{12}(?=\.json)/, "-<hash>"),
    Object.keys((tags ?? {}) as object).join(),
  ]);
  expect(keys.toSorted()).toEqual([
    ["catalog/gitlab/1-<hash>.json", "servicecatalog:provisioning"],
    ["catalog/jenkins-batch/1-<hash>.json", "servicecatalog:provisioning"],
    ["catalog/jenkins/1-<hash>.json", "servicecatalog:provisioning"],
    ["catalog/none.json", "servicecatalog:provisioning"],
    ["seeds/gitlab/1/build.tar.gz", ""],
    ["seeds/gitlab/1/deploy.tar.gz", ""],
    ["seeds/jenkins-batch/1/build.tar.gz", ""],
    ["seeds/jenkins-batch/1/deploy.tar.gz", ""],
    ["seeds/jenkins-batch/1/preprocess.tar.gz", ""],
    ["seeds/jenkins/1/build.tar.gz", ""],
    ["seeds/jenkins/1/deploy.tar.gz", ""],
    ["studio/gitlab.json", "sagemaker:studio-visibility"],
    ["studio/jenkins-batch.json", "sagemaker:studio-visibility"],
    ["studio/jenkins.json", "sagemaker:studio-visibility"],
  ]);
  expect(only(stack, "aws_s3_bucket_cors_configuration").cors_rule).toEqual([
    expect.objectContaining({
      allowed_methods: ["GET", "HEAD"],
      allowed_origins: ["https://*.sagemaker.aws"],
    }),
  ]);
  expect(Object.values((stack as unknown as { readonly output: object }).output)).toEqual([
    expect.objectContaining({ value: "s3://mlops-prod-templates-222222222222/studio/" }),
  ]);
});

test("a template names its seeds by their keys, and by the versions that S3 gives them", () => {
  const template = templateIn(stack, "jenkins");
  const { Resources } = JSON.parse(template) as { readonly Resources: Record<string, unknown> };
  expect(Resources.ModelBuildSeed).toMatchObject({
    Properties: {
      Seed: "seeds/jenkins/1/build.tar.gz",
      SeedVersion: expect.stringMatching(/^\$\{aws_s3_object\.[\w-]+\.version_id\}$/) as string,
      Project: { bucket: "mlops-prod-projects-222222222222", template: "jenkins", templateVersion: "1" },
    },
  });
});

test("defect 13: a version that changes is another resource, and the product, with what was made of it, stays", () => {
  const product = resources(stack, "aws_servicecatalog_product");
  expect(product.map(({ tags }) => tags)).toEqual(
    product.map(() => ({ "sagemaker:studio-visibility": "true" })),
  );
  for (const { lifecycle, provisioning_artifact_parameters: parameters } of product) {
    expect(lifecycle).toEqual({ ignore_changes: ["provisioning_artifact_parameters"] });
    expect(JSON.stringify(parameters)).toContain("/catalog/none.json");
  }
  const moved = stackOf(
    changedStacks(
      offering({ users: [user], ...servers, gitlab: { ...servers.gitlab, url: "https://git.example.com" } }),
    ),
    id,
  );
  expect(resources(moved, "aws_servicecatalog_product")).toEqual(product);
  const urlsOf = (of: Synthesised, template: string) =>
    resources(of, "aws_servicecatalog_provisioning_artifact")
      .map(({ template_url: url }) => String(url))
      .filter((url) => url.includes(`/catalog/${template}/`));
  for (const template of ["jenkins", "jenkins-batch"])
    expect(urlsOf(moved, template)).toEqual(urlsOf(stack, template));
  expect(urlsOf(moved, "gitlab")).not.toEqual(urlsOf(stack, "gitlab"));
});

test("taking a template away takes what is that template's, and taking the key away the stack and CI's way to it", () => {
  const fewer = stackOf(
    changedStacks(offering({ users: [user], ...servers, templates: ["jenkins", "gitlab"] })),
    id,
  );
  const addresses = ({ resource }: Synthesised) =>
    Object.entries(resource).flatMap(([type, byName]) =>
      Object.keys(byName).map((name) => `${type}.${name}`),
    );
  const gone = addresses(stack).filter((address) => !addresses(fewer).includes(address));
  expect(addresses(fewer).filter((address) => !addresses(stack).includes(address))).toEqual([]);
  expect(gone.length).toBe(9);
  expect(gone.filter((address) => !address.includes("jenkins-batch"))).toEqual([]);
  const without = changedStacks({});
  expect(Object.keys(all).filter((one) => !(one in without))).toEqual([id]);
  const changed = Object.keys(without).filter(
    (one) => JSON.stringify(without[one]) !== JSON.stringify(all[one]),
  );
  expect(changed).toEqual(["jenkins"]);
});

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

test("users are let into the portfolio, pass the launch role, and read Studio's templates", () => {
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
  ]);
});

test("18.2, 18.6: tokens stand nowhere, only what their secrets are called, and each function reads its own", () => {
  const variables = Object.fromEntries(
    resources(stack, "aws_lambda_function").map(({ function_name, environment }) => [
      function_name,
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

test("names and policies fit, however long the project's and the environment's names are", () => {
  const long = changedEstate({
    files: {
      "shared.json": { project: "p".repeat(16) },
      "prod.json": undefined,
      "dev.json": { promotesTo: undefined },
      [`${"e".repeat(16)}.json`]: {
        kind: "workload",
        account: "222222222222",
        registry: "registry",
        ci: "jenkins",
        projectTemplates: { users: [user], ...servers },
        models: { "mammo-severity": {} },
      },
    },
  });
  expect(Object.keys(synthesised(long))).toContain(`${"e".repeat(16)}-project-templates`);
});
