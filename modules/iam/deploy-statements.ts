import {
  alarmArn,
  functionArn,
  pipelineArn,
  queueArn,
  roleArn,
  ruleArn,
  topicArn,
  type Place,
} from "../../core/arns";
import type { IdentityStatement } from "../../core/policy";

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

type ManagedService = keyof typeof actions;

/** What the deploy role may do to what the account's model stacks hold, and to nothing else; a statement a service. */
export function manageModelStacksStatements(
  place: Place,
  models: readonly ManagedModel[],
): Readonly<Record<ManagedService, IdentityStatement>> {
  const all = (key: keyof ManagedModel, arn: (place: Place, name: string) => string): string[] =>
    models.flatMap((model) => model[key].map((name) => arn(place, name)));
  const topics = all("topics", topicArn);
  const allow = (service: ManagedService, resources: readonly string[]): IdentityStatement => ({
    Sid: "Manage",
    Effect: "Allow",
    Action: actions[service].map((action) => `${service}:${action}`),
    Resource: resources,
  });
  return {
    sagemaker: allow("sagemaker", all("pipelines", pipelineArn)),
    lambda: allow("lambda", all("functions", functionArn)),
    events: allow("events", all("rules", ruleArn)),
    sns: allow("sns", [...topics, ...topics.map((topic) => `${topic}:*`)]),
    sqs: allow("sqs", all("queues", queueArn)),
    cloudwatch: allow("cloudwatch", all("alarms", alarmArn)),
  };
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
