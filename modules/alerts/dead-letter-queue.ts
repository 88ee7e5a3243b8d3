import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import type { Management } from "../../core/management";
import { queueArn, type AccountRegion } from "../../core/arns";
import { resourceName } from "../../core/name-limits";
import { policyDocument } from "../../core/policy";
import { forget } from "../terraform/forget";
import { deadLetterStatements } from "./statements";

export interface DeadLetterQueueProps {
  readonly accountRegion: AccountRegion;
  readonly queueName: string;
  /** Of the alarm that lasts as long as an event lies here. */
  readonly alarmName: string;
  /** Of the alarm that each further event raises. */
  readonly newAlarmName: string;
  /** `alias/…` of a customer-managed key whose policy lets EventBridge use it. */
  readonly keyAlias: string;
  /** The only rules that may send events here. */
  readonly ruleArns: readonly string[];
  /** Topics that say when an event lies here; one at least must not depend on what keeps events from arriving. */
  readonly alarmTopicArns: readonly string[];
}

const retentionSeconds = 14 * 24 * 60 * 60;

/**
 * Holds undelivered events for 14 days. One alarm lasts while there are any, also where SQS, after hours of rest, tells
 * its metrics late; another, of a minute's length, is raised by each further one (ADR 27). Its policy is the queue's own
 * attribute: as a resource beside it the provider waits 25 s more. Estates applied before had that resource.
 */
export class DeadLetterQueue extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    const name = resourceName("queue", props.queueName);
    const queue = new SqsQueue(this, "queue", {
      name,
      kmsMasterKeyId: props.keyAlias,
      messageRetentionSeconds: retentionSeconds,
      policy: policyDocument(deadLetterStatements(queueArn(props.accountRegion, name), props.ruleArns)),
    });
    this.arn = queue.arn;
    forget(this, "aws_sqs_queue_policy", "policy");
    const { alarmName, newAlarmName, alarmTopicArns } = props;
    this.alarm("alarm", queue.name, lies(alarmName), alarmTopicArns);
    this.alarm("new-alarm", queue.name, came(newAlarmName), alarmTopicArns);
  }

  private alarm(id: string, queueName: string, alarm: QueueAlarm, topicArns: readonly string[]): void {
    new CloudwatchMetricAlarm(this, id, {
      alarmName: resourceName("alarm", alarm.name),
      alarmDescription: alarm.description,
      namespace: "AWS/SQS",
      metricName: alarm.metric,
      dimensions: { QueueName: queueName },
      statistic: alarm.statistic,
      period: 60,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
      alarmActions: [...topicArns],
    });
  }
}

/** What one of the two alarms looks at. */
interface QueueAlarm {
  readonly name: string;
  readonly description: string;
  readonly metric: "ApproximateNumberOfMessagesVisible" | "NumberOfMessagesSent";
  readonly statistic: "Maximum" | "Sum";
}

const lies = (name: string): QueueAlarm => ({
  name,
  description: "An event reached none of its targets and lies in the dead-letter queue",
  metric: "ApproximateNumberOfMessagesVisible",
  statistic: "Maximum",
});

const came = (name: string): QueueAlarm => ({
  name,
  description: "A new event has come to the dead-letter queue, for it reached none of its targets",
  metric: "NumberOfMessagesSent",
  statistic: "Sum",
});

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
  actions: ["PutMetricAlarm", "DeleteAlarms", "TagResource", "UntagResource", "ListTagsForResource"],
  resources,
  looks: { actions: ["DescribeAlarms"], resources: resources.map(everyAlarm) },
});

/** Seen on AWS: alarms are described under `alarm:*` or not at all, though one is asked for by its name. */
const everyAlarm = (alarm: string): string => alarm.replace(/:alarm:.*$/, ":alarm:*");
