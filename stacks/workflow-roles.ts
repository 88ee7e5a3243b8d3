import type { Estate, WorkloadEnvironment } from "../config/schema";
import {
  bucketArn,
  endpointArn,
  executionsArn,
  logGroupArn,
  queueArn,
  regionalArn,
  stateMachineArn,
  tableArn,
  topicArn,
  type AccountRegion,
} from "../core/arns";
import { inBucketsOf } from "../core/bucket-owner";
import { partitionOf } from "../core/partition";
import type { IdentityStatement } from "../core/policy";
import { expiringPrefixes } from "../core/retention";
import { workflowNames, type WorkflowRoles } from "../core/workflow-names";
import { interfaceStatements } from "../modules/ec2/statements";
import { useByAliasStatement, useThroughS3Statement } from "../modules/kms/statements";
import { writeLogsStatement } from "../modules/logs/statements";
import type { ModelDefinition } from "../pipelines/model";
import { answerStatements } from "../pipelines/workflow";
import { inNetwork } from "./kinds/foundation/in-network";
import { accountRegionOf, namesOfWorkload } from "./topology";
import { workflowIn } from "./workflow-context";

type Statements = readonly IdentityStatement[];

/** What each of a workflow's roles may do, by policy: states and jobs as their definitions say, functions what their code calls. */
export function workflowRolePolicies(
  estate: Estate,
  workload: WorkloadEnvironment,
  model: ModelDefinition,
): Readonly<Record<keyof WorkflowRoles, Readonly<Record<string, Statements>>>> {
  const where = accountRegionOf(workload);
  const { dataBucket, keyAlias, functionLogGroup } = namesOfWorkload(estate, workload);
  const names = workflowNames(estate.shared.project, model.name);
  const bucket = bucketArn(workload, dataBucket);
  const evaluations = `${bucket}/${model.name}/workflow/*/evaluation/evaluation.json`;
  const workflow = workflowIn(estate, workload, model);
  const keyBy = (...services: string[]): IdentityStatement => keyThrough(where, keyAlias, services);
  const ofFunction = (statements: Statements): Record<string, Statements> => ({
    own: statements,
    "function-logs": [writeLogsStatement("Logs", where, functionLogGroup)],
  });
  const objects = (Sid: string, action: string, ...resources: string[]): IdentityStatement =>
    allow(Sid, [action], resources);
  const readEvaluation = inBucketsOf(workload.account, [objects("Evaluation", "s3:GetObject", evaluations)]);
  const throughS3 = (...actions: string[]): IdentityStatement =>
    useThroughS3Statement("DataKey", where, { alias: keyAlias, buckets: [bucket], actions });
  const questions = tableArn(where, names.questions);
  return {
    states: { states: workflow.permissions(), observed: observedStatements },
    jobs: {
      jobs: workflow.jobPermissions(),
      serving: servingStatements(where, names.endpoint),
      ...inNetwork(estate, workload, interfaceStatements),
    },
    evaluation: ofFunction([
      ...inBucketsOf(workload.account, [
        objects(
          "Predictions",
          "s3:GetObject",
          `${bucket}/${expiringPrefixes(model.name).predictions}*/predictions/*`,
          `${bucket}/${model.name}/data/held-out-labels/*`,
        ),
        objects("WriteEvaluation", "s3:PutObject", evaluations),
      ]),
      throughS3("kms:Decrypt", "kms:GenerateDataKey"),
    ]),
    question: ofFunction([
      allow("Questions", ["dynamodb:PutItem"], [questions]),
      allow("Links", ["sns:Publish"], [topicArn(where, names.approvalTopic)]),
      tokenStatement(where, keyAlias, "kms:Encrypt"),
      keyBy("dynamodb", "sns"),
    ]),
    approval: ofFunction([
      allow("Questions", ["dynamodb:GetItem", "dynamodb:Scan", "dynamodb:UpdateItem"], [questions]),
      ...answerStatements().map((statement) => ({
        Sid: "Answer",
        ...statement,
        Action: ["states:SendTaskSuccess"],
      })),
      ...readEvaluation,
      throughS3("kms:Decrypt"),
      tokenStatement(where, keyAlias, "kms:Decrypt"),
      keyBy("dynamodb"),
    ]),
    cleanup: ofFunction([
      allow("Runs", ["states:ListExecutions"], [stateMachineArn(where, names.stateMachine)]),
      allow(
        "Find",
        ["sagemaker:ListEndpointConfigs", "sagemaker:ListEndpoints", "sagemaker:ListModels"],
        ["*"],
      ),
      allow(
        "InUse",
        ["sagemaker:DescribeEndpoint", "sagemaker:DescribeEndpointConfig"],
        ["endpoint", "endpoint-config"].map((kind) => regionalArn("sagemaker", where, `${kind}/*`)),
      ),
      allow("Endpoint", ["sagemaker:DeleteEndpoint"], [endpointArn(where, names.endpoint)]),
      allow(
        "Unused",
        ["sagemaker:DeleteEndpointConfig", "sagemaker:DeleteModel"],
        ["endpoint-config", "model"].map((kind) =>
          regionalArn("sagemaker", where, `${kind}/${names.runPrefix}-*`),
        ),
      ),
      allow("Undelivered", ["sqs:SendMessage"], [queueArn(where, names.deadLetterQueue)]),
      keyBy("sqs"),
    ]),
  };
}

const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]): IdentityStatement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource,
});

/**
 * Logs are delivered by CloudWatch in the role's name, and traces sent; AWS knows no resource for either.
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 * https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
 */
const observedStatements: Statements = [
  allow(
    "Logs",
    [
      ...["CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery"],
      ...["ListLogDeliveries", "PutResourcePolicy", "DescribeResourcePolicies", "DescribeLogGroups"],
    ].map((action) => `logs:${action}`),
    ["*"],
  ),
  allow(
    "Traces",
    ["PutTraceSegments", "PutTelemetryRecords", "GetSamplingRules", "GetSamplingTargets"].map(
      (action) => `xray:${action}`,
    ),
    ["*"],
  ),
];

/** Beside what models do in jobs: what an endpoint says goes to a group of SageMaker's own name. */
const servingStatements = (where: AccountRegion, endpoint: string): Statements => [
  allow(
    "Logs",
    ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
    [`${logGroupArn(where, `/aws/sagemaker/Endpoints/${endpoint}`)}:*`],
  ),
];

/** The account's key, by way of services that encrypt for the function. */
function keyThrough(where: AccountRegion, alias: string, services: readonly string[]): IdentityStatement {
  const statement = useByAliasStatement("OwnKey", where, [alias], ["kms:Decrypt", "kms:GenerateDataKey*"]);
  const { dnsSuffix } = partitionOf(where.region);
  const via = services.map((service) => `${service}.${where.region}.${dnsSuffix}`);
  return { ...statement, Condition: { ...statement.Condition, StringEquals: { "kms:ViaService": via } } };
}

/** A task's token, and nothing else that the key encrypts (`lambdas/approval/token.ts`). */
function tokenStatement(where: AccountRegion, alias: string, action: string): IdentityStatement {
  const statement = useByAliasStatement("Token", where, [alias], [action]);
  const StringEquals = { "kms:EncryptionContext:purpose": "workflow-question" };
  return { ...statement, Condition: { ...statement.Condition, StringEquals } };
}

/** Executions of a workflow, for who starts, stops and decides. */
export function workflowUseStatements(
  estate: Estate,
  workload: WorkloadEnvironment,
  models: readonly ModelDefinition[],
): Statements {
  const where = accountRegionOf(workload);
  const machines = models.map(({ name }) => workflowNames(estate.shared.project, name).stateMachine);
  if (machines.length === 0) return [];
  return [
    allow(
      "Workflows",
      ["states:DescribeStateMachine", "states:ListExecutions", "states:StartExecution"],
      machines.map((name) => stateMachineArn(where, name)),
    ),
    allow(
      "Runs",
      ["states:DescribeExecution", "states:StopExecution"],
      machines.map((name) => executionsArn(where, name)),
    ),
  ];
}
