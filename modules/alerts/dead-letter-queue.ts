import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import type { Management } from "../../core/management";
import { resourceName } from "../../core/name-limits";
import { policyDocument } from "../../core/policy";
import { deadLetterStatements } from "./statements";

export interface DeadLetterQueueProps {
  readonly queueName: string;
  readonly alarmName: string;
  /** `alias/…` of a customer-managed key whose policy lets EventBridge use it. */
  readonly keyAlias: string;
  /** The only rules that may send events here. */
  readonly ruleArns: readonly string[];
  /** Topic that says when an event lies here. */
  readonly alarmTopicArn: string;
}

const retentionSeconds = 14 * 24 * 60 * 60;

/** Holds events that no target took, for 14 days, and raises an alarm as soon as there is one. */
export class DeadLetterQueue extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    const queue = new SqsQueue(this, "queue", {
      name: resourceName("queue", props.queueName),
      kmsMasterKeyId: props.keyAlias,
      messageRetentionSeconds: retentionSeconds,
    });
    this.arn = queue.arn;
    new SqsQueuePolicy(this, "policy", {
      queueUrl: queue.url,
      policy: policyDocument(deadLetterStatements(this.arn, props.ruleArns)),
    });
    this.alarm(queue.name, props);
  }

  private alarm(queueName: string, { alarmName, alarmTopicArn }: DeadLetterQueueProps): void {
    new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: resourceName("alarm", alarmName),
      alarmDescription: "An event reached none of its targets and lies in the dead-letter queue",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: queueName },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [alarmTopicArn],
    });
  }
}

/** What managing queues takes, by ARN. */
export const queueManagement = (resources: readonly string[]): Management => ({
  service: "sqs",
  actions: [
    "CreateQueue",
    "DeleteQueue",
    "GetQueueAttributes",
    "SetQueueAttributes",
    "GetQueueUrl",
    "TagQueue",
    "UntagQueue",
    "ListQueueTags",
  ],
  resources,
});

/** What managing alarms takes, by ARN. */
export const alarmManagement = (resources: readonly string[]): Management => ({
  service: "cloudwatch",
  actions: [
    "PutMetricAlarm",
    "DeleteAlarms",
    "DescribeAlarms",
    "TagResource",
    "UntagResource",
    "ListTagsForResource",
  ],
  resources,
});
