import { DeleteMessageCommand, ReceiveMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { until } from "./until";

/** Waits for a message in a queue and takes it off. */
export async function nextMessage(sqs: SQSClient, QueueUrl: string): Promise<string> {
  const { Body = "", ReceiptHandle } = await until("a message comes", async () => {
    const { Messages: [message] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    return message;
  });
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  return Body;
}
