import {
  alarmArn,
  functionArn,
  pipelineArn,
  queueArn,
  roleArn,
  ruleArn,
  topicArn,
  type Place,
} from "../core/arns";
import type { IdentityStatement } from "../core/policy";

/** Names of what one model stack manages. */
export interface ManagedModel {
  readonly pipelines: readonly string[];
  readonly functions: readonly string[];
  readonly rules: readonly string[];
  readonly topics: readonly string[];
  readonly queues: readonly string[];
  readonly alarms: readonly string[];
}

const actions = {
  sagemaker: [
    "CreatePipeline",
    "UpdatePipeline",
    "DeletePipeline",
    "DescribePipeline",
    "AddTags",
    "DeleteTags",
    "ListTags",
  ],
  lambda: [
    "CreateFunction",
    "UpdateFunctionCode",
    "UpdateFunctionConfiguration",
    "DeleteFunction",
    "GetFunction",
    "GetFunctionConfiguration",
    "GetFunctionCodeSigningConfig",
    "ListVersionsByFunction",
    "GetPolicy",
    "TagResource",
    "UntagResource",
    "ListTags",
  ],
  events: [
    "PutRule",
    "DeleteRule",
    "DescribeRule",
    "PutTargets",
    "RemoveTargets",
    "ListTargetsByRule",
    "TagResource",
    "UntagResource",
    "ListTagsForResource",
  ],
  sns: [
    "CreateTopic",
    "DeleteTopic",
    "GetTopicAttributes",
    "SetTopicAttributes",
    "Subscribe",
    "Unsubscribe",
    "GetSubscriptionAttributes",
    "ListSubscriptionsByTopic",
    "TagResource",
    "UntagResource",
    "ListTagsForResource",
  ],
  sqs: [
    "CreateQueue",
    "DeleteQueue",
    "GetQueueAttributes",
    "SetQueueAttributes",
    "GetQueueUrl",
    "TagQueue",
    "UntagQueue",
    "ListQueueTags",
  ],
  cloudwatch: [
    "PutMetricAlarm",
    "DeleteAlarms",
    "DescribeAlarms",
    "TagResource",
    "UntagResource",
    "ListTagsForResource",
  ],
} as const;

const allow = (service: keyof typeof actions, resources: readonly string[]): IdentityStatement => ({
  Sid: `Manage${service.charAt(0).toUpperCase()}${service.slice(1)}`,
  Effect: "Allow",
  Action: actions[service].map((action) => `${service}:${action}`),
  Resource: resources,
});

/** Identity policy of the deploy role: manage exactly what the account's model stacks hold. */
export function manageModelStacksStatements(
  place: Place,
  models: readonly ManagedModel[],
): IdentityStatement[] {
  const all = (key: keyof ManagedModel, arn: (place: Place, name: string) => string): string[] =>
    models.flatMap((model) => model[key].map((name) => arn(place, name)));
  const topics = all("topics", topicArn);
  return [
    allow("sagemaker", all("pipelines", pipelineArn)),
    allow("lambda", all("functions", functionArn)),
    allow("events", all("rules", ruleArn)),
    allow("sns", [...topics, ...topics.map((topic) => `${topic}:*`)]),
    allow("sqs", all("queues", queueArn)),
    allow("cloudwatch", all("alarms", alarmArn)),
  ];
}

/** Identity policy of the deploy role: hand each of the two roles to the services that use it, and to no other. */
export function passRolesStatements(
  account: string,
  executionRole: string,
  lambdaRole: string,
): IdentityStatement[] {
  const pass = (sid: string, role: string, services: readonly string[]): IdentityStatement => ({
    Sid: sid,
    Effect: "Allow",
    Action: ["iam:PassRole"],
    Resource: [roleArn(account, role)],
    Condition: { StringEquals: { "iam:PassedToService": services } },
  });
  return [
    pass("PassExecutionRole", executionRole, ["sagemaker.amazonaws.com", "events.amazonaws.com"]),
    pass("PassLambdaRole", lambdaRole, ["lambda.amazonaws.com"]),
  ];
}
