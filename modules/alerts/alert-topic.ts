import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import type { Management } from "../../core/management";
import { resourceName } from "../../core/name-limits";
import { policyDocument } from "../../core/policy";
import { publishStatements } from "./statements";

export interface AlertTopicProps {
  readonly topicName: string;
  /** `alias/…` of a customer-managed key whose policy lets those who publish use it. */
  readonly keyAlias: string;
  /** Addresses that get each alert once they have confirmed the subscription. */
  readonly emails: readonly string[];
  /** The only rules, if any, and alarms that may publish. */
  readonly ruleArns: readonly string[];
  readonly alarmArns: readonly string[];
}

/** An encrypted SNS topic that our own rules and alarms publish to, and roles of the account that may, with its e-mail subscriptions. */
export class AlertTopic extends Construct {
  readonly arn: string;
  readonly topic: SnsTopic;

  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    this.topic = new SnsTopic(this, "topic", {
      name: resourceName("topic", props.topicName),
      kmsMasterKeyId: props.keyAlias,
    });
    this.arn = this.topic.arn;
    new SnsTopicPolicy(this, "policy", {
      arn: this.arn,
      policy: policyDocument(publishStatements(this.arn, props)),
    });
    props.emails.forEach((email) => {
      this.subscribe(email);
    });
  }

  private subscribe(email: string): void {
    new SnsTopicSubscription(this, `email-${email}`, {
      topicArn: this.arn,
      protocol: "email",
      endpoint: email,
    });
  }
}

/** What managing a topic takes. */
export const topicActions = [
  ...["CreateTopic", "DeleteTopic", "GetTopicAttributes", "SetTopicAttributes", "ListSubscriptionsByTopic"],
  ...["TagResource", "UntagResource", "ListTagsForResource"],
] as const;

/**
 * What managing topics takes, by topic ARN, and subscribing these addresses to them and nothing else.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-using-identity-based-policies.html#sns-policy-keys
 */
export const topicManagement = (resources: readonly string[], emails: readonly string[]): Management => ({
  service: "sns",
  actions: [
    "CreateTopic",
    "DeleteTopic",
    "GetTopicAttributes",
    "SetTopicAttributes",
    ...(emails.length > 0 ? ["Subscribe"] : []),
    "Unsubscribe",
    "GetSubscriptionAttributes",
    "ListSubscriptionsByTopic",
    "TagResource",
    "UntagResource",
    "ListTagsForResource",
  ],
  resources: [...resources, ...resources.map((topic) => `${topic}:*`)],
  never: [
    { action: "Subscribe", when: { StringNotEquals: { "sns:Protocol": "email" } } },
    { action: "Subscribe", when: { StringNotEqualsIgnoreCase: { "sns:Endpoint": [...emails] } } },
  ],
});
