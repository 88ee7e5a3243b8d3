import { queueArn } from "../../../../core/arns";
import { allow } from "../../permissions";
import type { Json } from "../../values";
import { textOf, told } from "../json";
import type { DerivedKind } from "../kind";

/** A function that is called. */
export const lambda: DerivedKind = {
  permissions: ({ FunctionArn }) => [allow(["lambda:InvokeFunction"], [known("FunctionArn", FunctionArn)])],
};

/** A message on a queue that somebody answers. */
export const callback: DerivedKind = {
  permissions: ({ SqsQueueUrl }) => [
    allow(["sqs:SendMessage"], [queueBehind(known("SqsQueueUrl", SqsQueueUrl))]),
  ],
};

/** A step that only SageMaker itself acts upon. */
export const nothing: DerivedKind = { permissions: () => [] };

function known(key: string, value: Json | undefined): string {
  const text = textOf(value);
  if (text === undefined) throw new Error(`${key} must be known beforehand, got: ${told(value)}`);
  return text;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html */
function queueBehind(url: string): string {
  const [, region, account, name] =
    /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w.-]+)$/.exec(url) ?? [];
  if (region === undefined || account === undefined || name === undefined)
    throw new Error(`SqsQueueUrl must be https://sqs.REGION.amazonaws.com/ACCOUNT/NAME, got: "${url}"`);
  return queueArn({ region, account }, name);
}
