import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { billOfMaterials, only, resources, statementsOf, synthesise } from "../../support/synth";

const ruleArns = ["arn:aws:events:us-east-1:222222222222:rule/r"];
const alarmArns = ["arn:aws:cloudwatch:us-east-1:222222222222:alarm:a"];

const topic = () =>
  synthesise((scope) => {
    new AlertTopic(scope, "alerts", {
      topicName: "alerts",
      keyAlias: "alias/mlops-prod",
      emails: ["a@example.com", "b@example.com"],
      ruleArns,
      alarmArns,
    });
  });

test("a topic comes with its policy and one subscription an address", () => {
  expect(billOfMaterials(topic())).toEqual({
    aws_sns_topic: 1,
    aws_sns_topic_policy: 1,
    aws_sns_topic_subscription: 2,
  });
});

test("only our rules and alarms may publish to the topic", () => {
  const statements = statementsOf(only(topic(), "aws_sns_topic_policy").policy);
  expect(statements.map(({ Principal, Action, Condition }) => ({ Principal, Action, Condition }))).toEqual([
    {
      Principal: { Service: ["events.amazonaws.com"] },
      Action: ["sns:Publish"],
      Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
    },
    {
      Principal: { Service: ["cloudwatch.amazonaws.com"] },
      Action: ["sns:Publish"],
      Condition: { ArnEquals: { "aws:SourceArn": alarmArns } },
    },
    {
      Principal: "*",
      Action: ["sns:Publish"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
});

const topics = ["arn:aws:sns:us-east-1:222222222222:alerts", "arn:aws:sns:us-east-1:222222222222:alarms"];

const queue = () =>
  synthesise((scope) => {
    new DeadLetterQueue(scope, "undelivered", {
      accountRegion: { account: "222222222222", region: "us-east-1" },
      queueName: "undelivered",
      alarmName: "undelivered",
      newAlarmName: "new-undelivered",
      keyAlias: "alias/mlops-prod",
      ruleArns,
      alarmTopicArns: topics,
    });
  });

test("a dead-letter queue keeps events for 14 days, encrypted", () => {
  expect(only(queue(), "aws_sqs_queue")).toMatchObject({
    message_retention_seconds: 1_209_600,
    kms_master_key_id: "alias/mlops-prod",
  });
});

test("one alarm lasts while an event lies in the dead-letter queue, another is raised by each new one", () => {
  const alike = {
    namespace: "AWS/SQS",
    comparison_operator: "GreaterThanThreshold",
    threshold: 0,
    period: 60,
    evaluation_periods: 1,
    treat_missing_data: "notBreaching",
    alarm_actions: topics,
  };
  expect(resources(queue(), "aws_cloudwatch_metric_alarm")).toMatchObject([
    {
      ...alike,
      alarm_name: "undelivered",
      metric_name: "ApproximateNumberOfMessagesVisible",
      statistic: "Maximum",
    },
    { ...alike, alarm_name: "new-undelivered", metric_name: "NumberOfMessagesSent", statistic: "Sum" },
  ]);
});

test("a topic that no rule publishes to lets in alarms alone", () => {
  const stack = synthesise((scope) => {
    new AlertTopic(scope, "alarms", {
      topicName: "alarms",
      keyAlias: "alias/mlops-prod-state",
      emails: [],
      ruleArns: [],
      alarmArns,
    });
  });
  const statements = statementsOf(only(stack, "aws_sns_topic_policy").policy);
  expect(statements.filter(({ Effect }) => Effect === "Allow").map(({ Principal }) => Principal)).toEqual([
    { Service: ["cloudwatch.amazonaws.com"] },
  ]);
});

test("only our rules may send to the dead-letter queue", () => {
  const [send] = statementsOf(only(queue(), "aws_sqs_queue").policy);
  expect(send).toMatchObject({
    Principal: { Service: ["events.amazonaws.com"] },
    Action: ["sqs:SendMessage"],
    Resource: ["arn:aws:sqs:us-east-1:222222222222:undelivered"],
    Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
  });
});

test("an estate that has the queue's policy as a resource beside it gives it up without destroying it", () => {
  const stack = queue() as { readonly removed?: unknown };
  expect(stack.removed).toEqual([
    {
      from: expect.stringMatching(/^aws_sqs_queue_policy\.undelivered_policy_[0-9A-F]{8}$/) as unknown,
      lifecycle: { destroy: false },
    },
  ]);
});
