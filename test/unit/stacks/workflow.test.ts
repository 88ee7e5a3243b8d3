import { billOfMaterials, only, resources, statementsOf } from "../../support/synth";
import { changedEstate, type EstateChange } from "../../support/changed-estate";
import { changedStacks, stackOf } from "../../support/synthesised";
import { iris } from "../../../pipelines/iris/model";
import { mammoSeverity } from "../../../pipelines/mammo-severity/model";
import { kindOf, listStacks } from "../../../stacks/list";

const mammo = { inferenceSchedule: "cron(0 23 * * ? *)", retrainOnDrift: true };
const asking = (workflow: object): EstateChange => ({
  files: { "prod.json": { models: { "mammo-severity": mammo, iris: { workflow } } } },
  models: [iris, mammoSeverity],
});
const stacks = changedStacks(asking({ approverEmails: ["lead@example.com"], answerHours: 24 }));
const without = changedStacks({ models: [iris, mammoSeverity] });
const workflow = stackOf(stacks, "prod-iris-workflow");
const foundation = stackOf(stacks, "prod-foundation");

const roleStatements = (role: string) =>
  resources(foundation, "aws_iam_role_policy")
    .filter((policy) => String(policy.role).includes(`workflow-${role}_`))
    .flatMap(({ policy }) => statementsOf(policy));

test("a workflow's stack holds exactly what it should, and no role and no key", () => {
  expect(billOfMaterials(workflow)).toEqual({
    aws_apigatewayv2_api: 1,
    aws_apigatewayv2_integration: 1,
    aws_apigatewayv2_route: 2,
    aws_apigatewayv2_stage: 1,
    aws_cloudwatch_event_rule: 2,
    aws_cloudwatch_event_target: 2,
    aws_cloudwatch_log_group: 3,
    aws_cloudwatch_metric_alarm: 2,
    aws_dynamodb_table: 1,
    aws_lambda_function: 4,
    aws_lambda_function_event_invoke_config: 1,
    aws_lambda_permission: 3,
    aws_sfn_state_machine: 1,
    aws_sns_topic: 2,
    aws_sns_topic_policy: 2,
    aws_sns_topic_subscription: 2,
    aws_sqs_queue: 1,
    terraform_data: 1,
  });
});

test("a model that has a workflow and no pipelines has no stack of pipelines, no roles of theirs and no versions", () => {
  const { estate, models } = changedEstate(asking({}));
  expect(listStacks(estate, models).flatMap(({ id, model }) => (model === iris ? id : []))).toEqual([
    "prod-iris-workflow",
  ]);
  const roles = resources(foundation, "aws_iam_role").map(({ name }) => String(name));
  expect(roles.filter((name) => name.includes("iris")).toSorted()).toEqual([
    "lambda-sagemaker-role-iris-approval",
    "lambda-sagemaker-role-iris-cleanup",
    "lambda-sagemaker-role-iris-evaluation",
    "lambda-sagemaker-role-iris-question",
    "sagemaker-execution-role-iris-workflow",
    "sagemaker-execution-role-iris-workflow-jobs",
  ]);
  expect(stacks.registry).toEqual(without.registry);
});

test("an estate that asks for none is as it was, whatever models there are", () => {
  expect(without).toEqual(changedStacks({ models: [mammoSeverity] }));
});

test("executions are traced and logged with the account's key, without what states were given: tokens are among it", () => {
  expect(only(workflow, "aws_sfn_state_machine")).toMatchObject({
    name: "iris-workflow",
    role_arn: "arn:aws:iam::222222222222:role/sagemaker-execution-role-iris-workflow",
    logging_configuration: { level: "ALL", include_execution_data: false },
    tracing_configuration: { enabled: true },
  });
  for (const group of resources(workflow, "aws_cloudwatch_log_group"))
    expect(group.kms_key_id).toMatch(/^\$\{data\.aws_kms_alias\.key_alias_\w+\.target_key_arn\}$/);
});

test("the page's log has neither paths nor queries, which hold what decides; anybody may ask, ten times a second", () => {
  const stage = only(workflow, "aws_apigatewayv2_stage");
  const { format } = stage.access_log_settings as { readonly format: string };
  expect(format).not.toMatch(/path|query|header|referer/i);
  expect(stage.default_route_settings).toEqual({ throttling_rate_limit: 10, throttling_burst_limit: 20 });
  expect(resources(workflow, "aws_apigatewayv2_route").map((route) => route.route_key)).toEqual([
    "GET /approvals/{id}",
    "POST /approvals/{id}",
  ]);
});

test("each end that is no good one is told, and whatever way a run ends is cleaned up behind", () => {
  const patterns = resources(workflow, "aws_cloudwatch_event_rule").map(
    ({ event_pattern }) =>
      (JSON.parse(String(event_pattern)) as { readonly detail: { readonly status: string[] } }).detail.status,
  );
  expect(patterns.toSorted((one, other) => one.length - other.length)).toEqual([
    ["FAILED", "TIMED_OUT", "ABORTED"],
    ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"],
  ]);
});

test("links go to approvers, alerts to whom all alerts go", () => {
  const mails = resources(workflow, "aws_sns_topic_subscription").map(({ endpoint }) => endpoint);
  expect(mails.toSorted()).toEqual(["admin@example.com", "lead@example.com"]);
});

test("defect: answers are allowed on everything, for AWS knows no resource for them; nobody but the page's function has that", () => {
  const answering = ["approval", "question", "evaluation", "cleanup", "states", "jobs"].filter((role) =>
    roleStatements(role).some(({ Action }) => Action.some((action) => action.startsWith("states:SendTask"))),
  );
  expect(answering).toEqual(["approval"]);
  expect(roleStatements("approval")).toContainEqual({
    Sid: "Answer",
    Effect: "Allow",
    Action: ["states:SendTaskSuccess"],
    Resource: ["*"],
  });
});

test("tokens are encrypted and decrypted as such alone, each by one role", () => {
  for (const [role, action] of [
    ["question", "kms:Encrypt"],
    ["approval", "kms:Decrypt"],
  ] as const)
    expect(roleStatements(role).find(({ Sid }) => Sid === "Token")).toMatchObject({
      Action: [action],
      Condition: { StringEquals: { "kms:EncryptionContext:purpose": "workflow-question" } },
    });
});

test("defect: the page reads what was evaluated, and writes nothing with the key", () => {
  const ofData = roleStatements("approval").filter(({ Sid }) => Sid === "DataKey");
  expect(ofData.flatMap(({ Action }) => Action)).toEqual(["kms:Decrypt"]);
});

test("clean-up looks at whatever serves in the account, and deletes nothing but what is the workflow's own", () => {
  const deletes = roleStatements("cleanup").filter(({ Action }) => Action.join(" ").includes("Delete"));
  expect(deletes.flatMap(({ Resource }) => Resource)).toEqual([
    "arn:aws:sagemaker:us-east-1:222222222222:endpoint/iris-workflow",
    "arn:aws:sagemaker:us-east-1:222222222222:endpoint-config/iris-run-*",
    "arn:aws:sagemaker:us-east-1:222222222222:model/iris-run-*",
  ]);
});

test("defect: it needs its roles, and nothing of Jenkins, which does not apply it", () => {
  const { estate, models } = changedEstate(asking({}));
  const stack = listStacks(estate, models).find(({ id }) => id === "prod-iris-workflow");
  const needs = stack ? kindOf(stack).needs(estate, stack) : [];
  expect(needs.map((need) => ("inlinePolicy" in need ? need.inlinePolicy : need)).toSorted()).toEqual(
    ["function-logs", "function-logs", "function-logs", "function-logs", "jobs", "observed"].concat([
      "own",
      "own",
      "own",
      "own",
      "serving",
      "states",
    ]),
  );
});

test("an administrator applies it: Jenkins may hand none of its roles on, and makes no state machine", () => {
  const documents = [
    ...resources(foundation, "aws_iam_policy"),
    ...resources(foundation, "aws_iam_role_policy"),
  ].flatMap(({ policy }) => statementsOf(policy));
  expect(
    documents
      .flatMap(({ Action }) => Action)
      .filter((action) => /states:Create|dynamodb:Create/.test(action)),
  ).toEqual([]);
  expect(documents.filter(({ Sid }) => Sid === "PassToStates")).toEqual([]);
});

test.each([
  [{ iris: {} }, "models.iris must have one of: endpoint, container, workflow"],
  [{ iris: { workflow: {}, pipelines: ["train"] } }, "must name no pipeline, for the model has none"],
  [{ "mammo-severity": { workflow: {} } }, "models.mammo-severity.workflow is not a known key"],
  [{ iris: { workflow: { answerHours: 0 } } }, "must be a whole number from 1 to 336, got: 0"],
])("%j is refused", (models, problem) => {
  expect(() => changedEstate({ files: { "dev.json": { models } }, models: [iris, mammoSeverity] })).toThrow(
    problem,
  );
});
