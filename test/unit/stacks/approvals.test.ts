import { estateWithRoles } from "../../support/environments";
import { readEstate } from "../../support/estate";
import { billOfMaterials, only, resources, statementsOf, type Synthesised } from "../../support/synth";
import { changedStacks, stackOf, synthesisedStacks } from "../../support/synthesised";

let stack: Synthesised;

beforeAll(() => {
  stack = stackOf(synthesisedStacks(readEstate(estateWithRoles)), "registry-approvals");
});

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:333333333333:${resource}`;
const rule = arn("events", "rule/mlops-registry-approvals");

test("what an approvals stack holds", () => {
  expect(billOfMaterials(stack)).toEqual({
    aws_cloudwatch_event_rule: 1,
    aws_cloudwatch_event_target: 1,
    aws_cloudwatch_log_group: 1,
    aws_cloudwatch_metric_alarm: 2,
    aws_dynamodb_table: 1,
    aws_iam_role: 1,
    aws_iam_role_policy: 1,
    aws_kms_alias: 1,
    aws_kms_key: 1,
    aws_lambda_function: 1,
    aws_lambda_function_event_invoke_config: 1,
    aws_lambda_permission: 1,
    aws_sns_topic: 1,
    aws_sns_topic_policy: 1,
    aws_sns_topic_subscription: 1,
    aws_sqs_queue: 1,
  });
});

test("11.4, 11.7: the rule waits for approvals alone, of groups that something here serves", () => {
  const { event_pattern } = only(stack, "aws_cloudwatch_event_rule");
  expect(JSON.parse(event_pattern as string)).toEqual({
    source: ["aws.sagemaker"],
    "detail-type": ["SageMaker Model Package State Change"],
    detail: {
      ModelPackageGroupName: ["mammo-severity-model-package"],
      ModelPackageStatus: ["Completed"],
      ModelApprovalStatus: ["Approved"],
      UpdatedModelPackageFields: ["ModelApprovalStatus", { exists: false }],
    },
  });
});

test("11.6: the function may read one secret, keep its claims and say what it failed of, and one rule calls it", () => {
  const statements = statementsOf(only(stack, "aws_iam_role_policy").policy);
  expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [["secretsmanager:GetSecretValue"], [arn("secretsmanager", "secret:ci/jenkins-deploy-??????")]],
    [["dynamodb:GetItem", "dynamodb:UpdateItem"], [arn("dynamodb", "table/mlops-registry-approvals")]],
    [["sqs:SendMessage"], [arn("sqs", "mlops-registry-approvals-undelivered-events")]],
    [["kms:Decrypt", "kms:GenerateDataKey*"], [arn("kms", "key/*")]],
    [expect.anything(), [arn("logs", "log-group:/mlops/registry/approvals:*")]],
  ]);
  expect(only(stack, "aws_lambda_permission")).toMatchObject({
    principal: "events.amazonaws.com",
    source_arn: rule,
  });
});

test("11.6: what fails is tried again, kept, and told", () => {
  const [queue] = Object.keys(stack.resource.aws_sqs_queue ?? {});
  const kept = `\${aws_sqs_queue.${queue ?? ""}.arn}`;
  expect(only(stack, "aws_cloudwatch_event_target")).toMatchObject({ dead_letter_config: { arn: kept } });
  expect(only(stack, "aws_lambda_function_event_invoke_config")).toMatchObject({
    maximum_retry_attempts: 2,
    destination_config: { on_failure: { destination: kept } },
  });
  expect(only(stack, "aws_lambda_function")).toMatchObject({ runtime: "nodejs22.x", timeout: 60 });
  for (const { alarm_actions } of resources(stack, "aws_cloudwatch_metric_alarm"))
    expect(alarm_actions).toEqual([expect.stringContaining("aws_sns_topic.alerts")]);
  expect(only(stack, "aws_sns_topic_subscription")).toMatchObject({ endpoint: "ml-platform@example.com" });
});

test("11.5, 18.6: the token stands nowhere, only what its secret is called", () => {
  const { environment } = only(stack, "aws_lambda_function");
  const { variables } = environment as { readonly variables: Readonly<Record<string, string>> };
  expect(variables).toMatchObject({
    CI: JSON.stringify({ jenkins: { url: "https://jenkins.example.com", job: "mlops/deploy" } }),
    SECRET: "ci/jenkins-deploy",
  });
  expect(stack.data).toBeUndefined();
});

test("claims are encrypted with the stack's key, and go after a while", () => {
  expect(only(stack, "aws_dynamodb_table")).toMatchObject({
    hash_key: "approval",
    ttl: { enabled: true, attribute_name: "expires" },
    server_side_encryption: {
      enabled: true,
      kms_key_arn: expect.stringContaining("aws_kms_key.key") as string,
    },
  });
});

test("GitLab is asked where the file names it", () => {
  const server = { url: "https://gitlab.example.com", project: "ml/models", ref: "main" };
  const onApproval = { gitlab: { ...server, tokenSecret: "gitlab" } };
  const changed = changedStacks({ files: { "registry.json": { onApproval } } });
  const { environment } = only(stackOf(changed, "registry-approvals"), "aws_lambda_function");
  expect(environment).toMatchObject({
    variables: { CI: JSON.stringify({ gitlab: server }), SECRET: "gitlab" },
  });
});

const onApproval = { jenkins: { url: "https://ci.example.com", job: "deploy", tokenSecret: "ci" } };

test("where nothing serves there is nothing to release, and no rule, which EventBridge would refuse", () => {
  const idle = stackOf(changedStacks({ files: { "registry.json": { onApproval } } }), "registry-approvals");
  expect(billOfMaterials(idle)).not.toHaveProperty("aws_cloudwatch_event_rule");
});

test("the function runs in the registry's network where it has one, which its own code may not use otherwise", () => {
  const network = { subnetIds: ["subnet-0123456789abcdef0"], securityGroupIds: ["sg-0123456789abcdef0"] };
  const within = changedStacks({ files: { "registry.json": { onApproval, network } } });
  const inside = stackOf(within, "registry-approvals");
  expect(only(inside, "aws_lambda_function").vpc_config).toEqual({
    subnet_ids: network.subnetIds,
    security_group_ids: network.securityGroupIds,
  });
  const sids = resources(inside, "aws_iam_role_policy").flatMap(({ policy }) =>
    statementsOf(policy).map(({ Sid }) => Sid),
  );
  expect(sids).toEqual(expect.arrayContaining(["MakeInterfaces", "NeverByItsCode"]));
});
