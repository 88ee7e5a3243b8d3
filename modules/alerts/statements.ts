import type { PolicyStatement } from "../../core/policy";

/** Statement for a service principal that acts for named sources only. */
function fromSources(
  sid: string,
  service: string,
  action: string,
  resource: string,
  sources: readonly string[],
): PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { Service: [service] },
    Action: [action],
    Resource: [resource],
    Condition: { ArnEquals: { "aws:SourceArn": sources } },
  };
}

/** Nothing over plain HTTP. */
const denyPlainTransport = (action: string, resource: string): PolicyStatement => ({
  Sid: "DenyPlainTransport",
  Effect: "Deny",
  Principal: "*",
  Action: [action],
  Resource: [resource],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

/**
 * Topic policy: our rules and alarms may publish, nobody else, and nobody over plain HTTP.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html#enforce-encryption-data-in-transit
 */
export function publishStatements(
  topic: string,
  { ruleArns, alarmArns }: { readonly ruleArns: readonly string[]; readonly alarmArns: readonly string[] },
): PolicyStatement[] {
  return [
    ...(ruleArns.length > 0
      ? [fromSources("PublishByRules", "events.amazonaws.com", "sns:Publish", topic, ruleArns)]
      : []),
    ...(alarmArns.length > 0
      ? [fromSources("PublishByAlarms", "cloudwatch.amazonaws.com", "sns:Publish", topic, alarmArns)]
      : []),
    denyPlainTransport("sns:Publish", topic),
  ];
}

/** Queue policy of a dead-letter queue: our rules may send, and nothing goes over plain HTTP. */
export function deadLetterStatements(queue: string, ruleArns: readonly string[]): PolicyStatement[] {
  return [
    fromSources("SendByRules", "events.amazonaws.com", "sqs:SendMessage", queue, ruleArns),
    denyPlainTransport("sqs:*", queue),
  ];
}
