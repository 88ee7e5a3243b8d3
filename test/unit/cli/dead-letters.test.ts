import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from "@aws-sdk/client-sqs";
import { mockClient } from "aws-sdk-client-mock";
import { jsonOf, mlops, mockSts } from "./support";

const [sqs, lambda] = [mockClient(SQSClient), mockClient(LambdaClient)];
const queue = "https://sqs/333333333333/mlops-registry-approvals-undelivered-events";
const version = "arn:aws:sagemaker:us-east-1:333333333333:model-package/m/2";
const functionArn = "arn:aws:lambda:us-east-1:333333333333:function:release-trigger";
const event = {
  "detail-type": "SageMaker Model Package State Change",
  resources: [version],
  detail: { a: 1 },
};
const said = (values: Record<string, string>) =>
  Object.fromEntries(Object.entries(values).map(([name, StringValue]) => [name, { StringValue }])) as never;

/** What a function failed on, as Lambda tells its destination. */
const ofDestination: Message = {
  MessageId: "1",
  ReceiptHandle: "first",
  Attributes: { SentTimestamp: "1764151200000" },
  Body: JSON.stringify({
    requestContext: { functionArn: `${functionArn}:$LATEST`, condition: "RetriesExhausted" },
    requestPayload: event,
    responsePayload: { errorMessage: "Jenkins answered 409:\n the job is disabled" },
  }),
};
/** What EventBridge delivered to no function, and to no topic. */
const ofRule = (id: string, target: string): Message => ({
  MessageId: id,
  ReceiptHandle: id,
  Attributes: { SentTimestamp: `176415130000${id}` },
  Body: JSON.stringify(event),
  MessageAttributes: said({ TARGET_ARN: target, ERROR_MESSAGE: "not authorized" }),
});
/** What Lambda puts in a function's dead-letter queue, which says nothing of the function. */
const ofFunction: Message = {
  MessageId: "4",
  ReceiptHandle: "4",
  Attributes: { SentTimestamp: "1764151400000" },
  Body: JSON.stringify(event),
  MessageAttributes: said({ ErrorMessage: "no report" }),
};
const topic = "arn:aws:sns:us-east-1:333333333333:alerts";

beforeEach(() => {
  for (const mock of [sqs, lambda]) mock.reset();
  mockSts();
  sqs.on(ListQueuesCommand).resolves({ QueueUrls: [queue, "https://sqs/333333333333/jobs"] });
  sqs
    .on(ReceiveMessageCommand, { QueueUrl: queue })
    .resolvesOnce({
      Messages: [ofRule("3", topic), ofFunction, ofRule("2", functionArn), ofDestination],
    })
    .resolves({});
  sqs.on(ChangeMessageVisibilityBatchCommand).resolves({});
  sqs.on(DeleteMessageCommand).resolves({});
  lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
});

test("undelivered events are listed with what they are of and why, the oldest first, and let go", async () => {
  const ran = await mlops("dead-letters list registry --json");
  expect(ran.code).toBe(0);
  const told = {
    queue: queue.split("/").at(-1),
    event: `SageMaker Model Package State Change of ${version}`,
  };
  expect(jsonOf(ran)).toEqual([
    {
      ...told,
      id: "1",
      at: "2025-11-26T10:00:00.000Z",
      reason: "Jenkins answered 409: the job is disabled",
      target: functionArn,
    },
    { ...told, id: "2", at: "2025-11-26T10:01:40.002Z", reason: "not authorized", target: functionArn },
    { ...told, id: "3", at: "2025-11-26T10:01:40.003Z", reason: "not authorized", target: topic },
    { ...told, id: "4", at: "2025-11-26T10:03:20.000Z", reason: "no report" },
  ]);
  const [letGo] = sqs.commandCalls(ChangeMessageVisibilityBatchCommand);
  expect(letGo?.args[0].input.Entries?.map(({ ReceiptHandle }) => ReceiptHandle)).toEqual([
    "first",
    "2",
    "3",
    "4",
  ]);
  expect(sqs.commandCalls(DeleteMessageCommand)).toEqual([]);
  expect(sqs.commandCalls(ReceiveMessageCommand).map(({ args }) => args[0].input.QueueUrl)).toEqual([
    queue,
    queue,
  ]);
});

test("what has a function as its target goes there as it was, and the rest stays and is named", async () => {
  const ran = await mlops("dead-letters redrive registry");
  expect(ran.code).toBe(1);
  expect(ran.out.split("\n").map((line) => line.replace(/: SageMaker.*/, ""))).toEqual([
    `Sent to ${functionArn}`,
    `Sent to ${functionArn}`,
    `Stays in ${queue.split("/").at(-1) ?? ""}, for its target is ${topic}`,
    `Stays in ${queue.split("/").at(-1) ?? ""}, for its target is not told`,
    "",
  ]);
  const calls = lambda.commandCalls(InvokeCommand).map(({ args }) => args[0].input);
  expect(calls.map(({ FunctionName, InvocationType }) => [FunctionName, InvocationType])).toEqual([
    [functionArn, "Event"],
    [functionArn, "Event"],
  ]);
  expect(
    calls.map(({ Payload }) => JSON.parse(Buffer.from(Payload as Uint8Array).toString()) as unknown),
  ).toEqual([event, event]);
  const gone = sqs.commandCalls(DeleteMessageCommand).map(({ args }) => args[0].input.ReceiptHandle);
  expect(gone).toEqual(["first", "2"]);
});

test("what Lambda does not take stays in its queue", async () => {
  lambda.on(InvokeCommand).rejects(new Error("throttled"));
  const ran = await mlops("dead-letters redrive registry");
  expect([ran.code, sqs.commandCalls(DeleteMessageCommand).length]).toEqual([1, 0]);
});

test("a queue that is none is a mistake, with those there are", async () => {
  const ran = await mlops("dead-letters list registry --queue jobs");
  expect(ran.code).toBe(2);
  expect(ran.err).toContain(
    "registry has no dead-letter queue jobs; there is: mlops-registry-approvals-undelivered-events",
  );
});

test("an account without such queues has nothing undelivered", async () => {
  sqs.on(ListQueuesCommand).resolves({});
  expect((await mlops("dead-letters list prod")).out).toBe("Nothing lies undelivered in prod\n");
  expect((await mlops("dead-letters redrive prod")).out).toBe("Nothing lies undelivered\n");
});
