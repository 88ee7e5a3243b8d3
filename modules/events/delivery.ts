/**
 * How a target is tried again, and where an event goes that it never takes. Without this EventBridge tries for 24
 * hours and then drops the event. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export interface Delivery {
  readonly retryPolicy: { readonly maximumEventAgeInSeconds: number; readonly maximumRetryAttempts: number };
  readonly deadLetterConfig: { readonly arn: string };
}

const hour = 60 * 60;

export function delivery(deadLetterQueueArn: string): Delivery {
  return {
    retryPolicy: { maximumEventAgeInSeconds: hour, maximumRetryAttempts: 24 },
    deadLetterConfig: { arn: deadLetterQueueArn },
  };
}
