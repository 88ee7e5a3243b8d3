import { kindOf, listStacks } from "../../../stacks/list";
import { changedEstate, type EstateChange } from "../../support/changed-estate";
import { billOfMaterials, only, resources, statementsOf, type Synthesised } from "../../support/synth";
import { changedStacks, stackOf } from "../../support/synthesised";

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

test("smoke", () => {
  console.log(templateIn(stack, "jenkins"));
  console.log(
    statementsOf(
      resources(stack, "aws_iam_policy").find(({ name }) => name === "mlops-prod-project-boundary")?.policy,
    ).length,
    String(
      resources(stack, "aws_iam_policy").find(({ name }) => name === "mlops-prod-project-boundary")?.policy,
    ).length,
  );
  void [kindOf, listStacks, changedEstate, only, arn, roleArn, boundary, policyOf];
});
