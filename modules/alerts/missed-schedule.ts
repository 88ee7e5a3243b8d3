import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";

export interface MissedScheduleProps {
  readonly alarmName: string;
  /** The rule with the schedule, on the account's default bus. */
  readonly ruleName: string;
  /** Hours in which a rule that works has fired; 168 at most. */
  readonly hours: number;
  readonly alarmTopicArns: readonly string[];
}

/**
 * An alarm on a schedule that started nothing: its rule is gone, disabled or without a target, or EventBridge does not work. EventBridge
 * sends the metric only where there is something to count, so that no data is what is looked for (ADR 39). By hours, for CloudWatch
 * looks back further than a day only so; each of them has to be empty.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html#eb-metrics
 */
export class MissedSchedule extends Construct {
  constructor(scope: Construct, id: string, props: MissedScheduleProps) {
    super(scope, id);
    new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: resourceName("alarm", props.alarmName),
      alarmDescription: `The schedule of ${props.ruleName} has started nothing for ${props.hours} hours, or not since it is new`,
      namespace: "AWS/Events",
      metricName: "Invocations",
      dimensions: { RuleName: props.ruleName },
      statistic: "Sum",
      period: 60 * 60,
      evaluationPeriods: props.hours,
      threshold: 1,
      comparisonOperator: "LessThanThreshold",
      treatMissingData: "breaching",
      alarmActions: [...props.alarmTopicArns],
    });
  }
}
