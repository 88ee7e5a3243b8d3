import { InvokeCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  paginateListQueues,
  ReceiveMessageCommand,
  type Message,
  type SQSClient,
} from "@aws-sdk/client-sqs";
import { collect } from "./pages";

/** An event that reached none of its targets. */
export interface DeadLetter {
  /** Name of its queue. */
  readonly queue: string;
  readonly id: string;
  /** When it came there. */
  readonly at: Date;
  /** What it says: the kind of event, and what it is of. */
  readonly event: string;
  /** Why it lies there, on one line. */
  readonly reason: string;
  /** What did not take it, by ARN; undefined where the message does not say. */
  readonly target: string | undefined;
}

/** A dead letter with what it takes to send it again. */
export interface Received extends DeadLetter {
  readonly queueUrl: string;
  readonly receipt: string;
  /** The event, JSON. */
  readonly payload: string;
}

/** Ends the name of each dead-letter queue of the stacks. */
const ending = "undelivered-events";

/** Seconds for which nobody else sees what is being looked at. */
const visibility = 60;

/** The queues of undelivered events in an account. */
export async function deadLetterQueues(sqs: SQSClient): Promise<string[]> {
  const urls = await collect(paginateListQueues({ client: sqs }, {}), ({ QueueUrls }) => QueueUrls);
  return urls.filter((url) => url.endsWith(ending)).toSorted();
}

/**
 * What lies in a queue. SQS looks at part of its servers at a time, so it is asked until it has nothing more. Nobody else sees these
 * messages for a minute, or until they are let go.
 */
export async function receiveAll(sqs: SQSClient, QueueUrl: string): Promise<Received[]> {
  const found = new Map<string, Received>();
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: visibility,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["SentTimestamp"],
      }),
    );
    if (Messages.length === 0) return [...found.values()].toSorted((a, b) => a.at.getTime() - b.at.getTime());
    for (const message of Messages) found.set(message.MessageId ?? "", readLetter(QueueUrl, message));
  }
}

/** Lets others see messages again. */
export async function letGo(sqs: SQSClient, letters: readonly Received[]): Promise<void> {
  for (let at = 0; at < letters.length; at += 10) {
    const some = letters.slice(at, at + 10);
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: some[0]?.queueUrl,
        Entries: some.map(({ receipt }, index) => ({
          Id: String(index),
          ReceiptHandle: receipt,
          VisibilityTimeout: 0,
        })),
      }),
    );
  }
}

/** Whether a letter can be sent again: its target is a function, which takes an event from whoever may call it. */
export const isRedrivable = ({ target }: DeadLetter): boolean =>
  target !== undefined && /^arn:[^:]+:lambda:/.test(target);

/** Calls the function once more with the event, as EventBridge does, and then takes the letter away. */
export async function redrive(sqs: SQSClient, lambda: LambdaClient, letter: Received): Promise<void> {
  await lambda.send(
    new InvokeCommand({
      FunctionName: letter.target,
      InvocationType: "Event",
      Payload: Buffer.from(letter.payload),
    }),
  );
  await sqs.send(new DeleteMessageCommand({ QueueUrl: letter.queueUrl, ReceiptHandle: letter.receipt }));
}

/** What Lambda tells a destination. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
interface FailureRecord {
  readonly requestContext?: { readonly functionArn: string; readonly condition: string };
  readonly requestPayload?: unknown;
  readonly responsePayload?: { readonly errorMessage?: string };
}

/** Of one of three: what Lambda tells a destination, what Lambda puts in a dead-letter queue, what EventBridge puts there. */
function readLetter(queueUrl: string, message: Message): Received {
  const { Body = "", MessageId: id = "", ReceiptHandle: receipt = "", MessageAttributes = {} } = message;
  const record = parsed(Body) as FailureRecord;
  const said = (name: string) => MessageAttributes[name]?.StringValue;
  const event = record.requestContext ? record.requestPayload : record;
  const condition = record.requestContext?.condition;
  return {
    ...{ queue: queueUrl.slice(queueUrl.lastIndexOf("/") + 1), queueUrl, id, receipt },
    at: new Date(Number(message.Attributes?.SentTimestamp ?? 0)),
    event: describeEvent(event),
    reason: oneLine(
      record.responsePayload?.errorMessage ??
        said("ERROR_MESSAGE") ??
        said("ErrorMessage") ??
        condition ??
        "unknown",
    ),
    target: record.requestContext?.functionArn.replace(/:\$LATEST$/, "") ?? said("TARGET_ARN"),
    payload: record.requestContext ? JSON.stringify(event) : Body,
  };
}

function describeEvent(event: unknown): string {
  const { "detail-type": kind, resources } = (event ?? {}) as Readonly<Record<string, unknown>>;
  const [of] = Array.isArray(resources) ? (resources as unknown[]) : [];
  return oneLine([kind, of].filter((part) => typeof part === "string").join(" of ") || "not an event");
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").slice(0, 500);

function parsed(text: string): object {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return {};
  }
}
