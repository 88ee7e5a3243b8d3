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
  readonly alarmName: string;
  /** `alias/…` of a customer-managed key whose policy lets EventBridge use it. */
  readonly keyAlias: string;
  /** The only rules that may send events here. */
  readonly ruleArns: readonly string[];
  /** Topic that says when an event lies here. */
  readonly alarmTopicArn: string;
}

const retentionSeconds = 14 * 24 * 60 * 60;

/**
 * Holds undelivered events for 14 days, and raises an alarm as soon as there is one. Its policy is the queue's own
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
  actions: ["PutMetricAlarm", "DeleteAlarms", "TagResource", "UntagResource", "ListTagsForResource"],
  resources,
  looks: { actions: ["DescribeAlarms"], resources: resources.map(everyAlarm) },
});

/** Seen on AWS: alarms are described under `alarm:*` or not at all, though one is asked for by its name. */
const everyAlarm = (alarm: string): string => alarm.replace(/:alarm:.*$/, ":alarm:*");
