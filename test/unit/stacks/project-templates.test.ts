import { addStacks } from "../../../stacks/app";
import { kindOf, listStacks } from "../../../stacks/list";
import { changedEstate, type ChangedEstate } from "../../support/changed-estate";
import { id, offering, policyOf, servers, templateIn, user } from "../../support/offering";
import { billOfMaterials, only, resources, synthesiseStacks, type Synthesised } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

const synthesised = (changed: ChangedEstate) =>
  synthesiseStacks((app) => {
    addStacks(app, changed);
  });
const all = changedStacks(offering({ users: [user], ...servers }));
const stack = stackOf(all, id);

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
    Object.keys((tags ?? {})).join(),
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
