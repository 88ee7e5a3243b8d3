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

/** Topic policy: our rules and alarms may publish, nobody else. */
export function publishStatements(
  topic: string,
  { ruleArns, alarmArns }: { readonly ruleArns: readonly string[]; readonly alarmArns: readonly string[] },
): PolicyStatement[] {
  return [
    ...(ruleArns.length > 0
      ? [fromSources("PublishByRules", "events.amazonaws.com", "sns:Publish", topic, ruleArns)]
      : []),
    fromSources("PublishByAlarms", "cloudwatch.amazonaws.com", "sns:Publish", topic, alarmArns),
  ];
}

/** Queue policy of a dead-letter queue: our rules may send, and nothing goes over plain HTTP. */
export function deadLetterStatements(queue: string, ruleArns: readonly string[]): PolicyStatement[] {
  return [
    fromSources("SendByRules", "events.amazonaws.com", "sqs:SendMessage", queue, ruleArns),
    {
      Sid: "DenyPlainTransport",
      Effect: "Deny",
      Principal: "*",
      Action: ["sqs:*"],
      Resource: [queue],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}
