import {
  CloudwatchEventRule,
  type CloudwatchEventRuleConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import { delivery } from "./delivery";

/** What makes a rule fire: a clock, or events that match a pattern. */
export type RuleTrigger = { readonly schedule: string } | { readonly pattern: object };

export interface PipelineStartProps {
  readonly ruleName: string;
  readonly description: string;
  readonly trigger: RuleTrigger;
  readonly pipelineArn: string;
  /** Role EventBridge assumes to start the pipeline; it trusts `events.amazonaws.com`. */
  readonly roleArn: string;
  readonly deadLetterQueueArn: string;
}

/** A rule that starts a SageMaker pipeline with its default parameters. */
export class PipelineStart extends Construct {
  constructor(scope: Construct, id: string, props: PipelineStartProps) {
    super(scope, id);
    const rule = new CloudwatchEventRule(this, "rule", {
      name: resourceName("rule", props.ruleName),
      description: props.description,
      // The default, but said: so a plan puts right a rule that somebody has disabled.
      state: "ENABLED",
      ...triggerConfig(props.trigger),
    });
    new CloudwatchEventTarget(this, "target", {
      rule: rule.name,
      targetId: "pipeline",
      arn: props.pipelineArn,
      roleArn: props.roleArn,
      ...delivery(props.deadLetterQueueArn),
    });
  }
}

function triggerConfig(
  trigger: RuleTrigger,
): Pick<CloudwatchEventRuleConfig, "scheduleExpression" | "eventPattern"> {
  return "schedule" in trigger
    ? { scheduleExpression: trigger.schedule }
    : { eventPattern: JSON.stringify(trigger.pattern) };
}
