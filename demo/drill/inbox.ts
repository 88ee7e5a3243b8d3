import { SubscribeCommand, UnsubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
} from "@aws-sdk/client-sqs";
import type { WorkloadEnvironment } from "../../config/schema";
import { queueArn, topicArn } from "../../core/arns";
import { accountRegionOf } from "../../stacks/topology";
import type { AccountClients } from "./accounts";
import type { AlertReport } from "../report/types";

/** A queue subscribed to an alert topic, in the place of the people who get its mails. */
export class Inbox {
  private readonly received: AlertReport[] = [];

  private constructor(
    private readonly clients: AccountClients,
    private readonly topic: string,
    private readonly queueUrl: string,
    private readonly subscription: string,
  ) {}

  /** @param queueName of its own each */
  static async open(
    clients: AccountClients,
    workload: WorkloadEnvironment,
    topic: string,
    queueName = "drill-alerts",
  ): Promise<Inbox> {
    const place = accountRegionOf(workload);
    const TopicArn = topicArn(place, topic);
    const { QueueUrl = "" } = await clients.sqs.send(new CreateQueueCommand({ QueueName: queueName }));
    const { SubscriptionArn = "" } = await clients.sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: "sqs",
        Endpoint: queueArn(place, queueName),
        ReturnSubscriptionArn: true,
      }),
    );
    return new Inbox(clients, TopicArn, QueueUrl, SubscriptionArn);
  }

  /** Every alert so far, oldest first. */
  async alerts(): Promise<readonly AlertReport[]> {
    const { Messages = [] } = await this.clients.sqs.send(
      new ReceiveMessageCommand({ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10 }),
    );
    for (const { Body = "{}", ReceiptHandle } of Messages) {
      const { Message = Body, Timestamp } = JSON.parse(Body) as { Message?: string; Timestamp?: string };
      const receivedAt = Timestamp ?? new Date().toISOString();
      this.received.push({ topic: this.topic, receivedAt, text: unquoted(Message) });
      await this.clients.sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle }));
    }
    return this.received;
  }

  async close(): Promise<void> {
    await this.clients.sns.send(new UnsubscribeCommand({ SubscriptionArn: this.subscription }));
    await this.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: this.queueUrl }));
  }
}

/** An input template of several lines sends each of them in quotes. */
const unquoted = (message: string): string =>
  message
    .split("\n")
    .map((line) => line.replace(/^"(.*)"$/, "$1"))
    .join("\n");
