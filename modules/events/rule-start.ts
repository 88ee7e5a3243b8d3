import {
  CloudwatchEventRule,
  type CloudwatchEventRuleConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import { escapeTemplate } from "../terraform/escape-template";
import { delivery } from "./delivery";

/** What makes a rule fire: a clock, or events that match a pattern. */
export type RuleTrigger = { readonly schedule: string } | { readonly pattern: object };

/** A pipeline, started with its default parameters, the function that starts it where it should, or a state machine. */
export type StartTarget =
  | {
      readonly pipelineArn: string;
      /** Role EventBridge assumes to start the pipeline; it trusts `events.amazonaws.com`. */
      readonly roleArn: string;
    }
  | {
      readonly functionArn: string;
      /** What lets the rule call the function: the target waits for it. */
      readonly permission: ITerraformDependable;
    }
  | {
      readonly stateMachineArn: string;
      /** Role EventBridge assumes to start it; it trusts `events.amazonaws.com`. */
      readonly roleArn: string;
      /** What the execution gets: texts by key, in which `<variable>` stands for one of the event's. */
      readonly input: Readonly<Record<string, string>>;
      /** JSONPath in the event by variable. */
      readonly variables: Readonly<Record<string, string>>;
      /** What the role needs before the first event. */
      readonly dependsOn: readonly ITerraformDependable[];
    };

export interface RuleStartProps {
  readonly ruleName: string;
  readonly description: string;
  readonly trigger: RuleTrigger;
  readonly target: StartTarget;
  /** What the target is called among the rule's. @default pipeline */
  readonly targetId?: string;
  readonly deadLetterQueueArn: string;
}

/**
 * A rule that starts a SageMaker pipeline, itself or by a function, what a function starts, or a state machine. Each is the target of one id, so that
 * EventBridge changes from one to the other at once.
 */
export class RuleStart extends Construct {
  constructor(scope: Construct, id: string, props: RuleStartProps) {
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
      targetId: props.targetId ?? "pipeline",
      ...targetConfig(props.target),
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

function targetConfig(target: StartTarget) {
  if ("pipelineArn" in target) return { arn: target.pipelineArn, roleArn: target.roleArn };
  if ("functionArn" in target) return { arn: target.functionArn, dependsOn: [target.permission] };
  return {
    arn: target.stateMachineArn,
    roleArn: target.roleArn,
    inputTransformer: {
      inputPaths: { ...target.variables },
      inputTemplate: escapeTemplate(JSON.stringify(target.input)),
    },
    dependsOn: [...target.dependsOn],
  };
}
