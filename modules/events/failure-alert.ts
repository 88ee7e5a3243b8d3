import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { escapeTemplate } from "../terraform/escape-template";
import { resourceName } from "../../core/name-limits";
import { delivery } from "./delivery";

/** The text of an alert, with the places in the event its variables are taken from. */
export interface AlertMessage {
  /** JSONPath by variable. */
  readonly variables: Readonly<Record<string, string>>;
  /** One line each; `<variable>` is replaced. */
  readonly lines: readonly string[];
}

export interface FailureAlertProps {
  readonly ruleName: string;
  readonly description: string;
  readonly pattern: object;
  readonly message: AlertMessage;
  readonly topicArn: string;
  readonly deadLetterQueueArn: string;
}

/** A rule that tells a topic about failures, in words. An SNS target takes no role. */
export class FailureAlert extends Construct {
  constructor(scope: Construct, id: string, props: FailureAlertProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, "rule", {
      name: resourceName("rule", props.ruleName),
      description: props.description,
      // The default, but said: so a plan puts right a rule that somebody has disabled.
      state: "ENABLED",
      eventPattern: JSON.stringify(props.pattern),
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "alert",
      arn: props.topicArn,
      inputTransformer: {
        inputPaths: { ...props.message.variables },
        inputTemplate: escapeTemplate(inputTemplate(props.message)),
      },
      ...delivery(props.deadLetterQueueArn),
    });
  }
}

/** A plain-text template: each line a JSON string, as EventBridge wants text that is not JSON. */
export function inputTemplate({ lines }: AlertMessage): string {
  return lines.map((line) => JSON.stringify(line)).join("\n");
}
