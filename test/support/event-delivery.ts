import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { ListPipelineExecutionsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { DeleteTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { Estate } from "../../config/schema";
import type { AccountAccess } from "../../deploy/access/account-access";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { pipelinesIn } from "../../stacks/model-pipelines";
import { workloadsOf } from "../../stacks/topology";
import { accessTo } from "./deployed-estate";

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:222222222222:${resource}`;
const inference = arn("sagemaker", "pipeline/mammo-severity-inference-pipeline");
const topic = arn("sns", "mammography-model-notification");
const queueUrl = (endpoint: string, name: string) => `${endpoint}/222222222222/${name}`;

/** A step of prod's inference pipeline changes to Failed, in the words SageMaker uses. */
const stepFailure = (stepName: string, reason: string, execution = "abc123"): PutEventsRequestEntry => ({
  Source: "aws.sagemaker",
  DetailType: "SageMaker Model Building Pipeline Execution Step Status Change",
  Detail: JSON.stringify({
    stepName,
    stepType: "QualityCheck",
    currentStepStatus: "Failed",
    previousStepStatus: "Executing",
    failureReason: reason,
    pipelineArn: inference,
    pipelineExecutionArn: `${inference}/execution/${execution}`,
  }),
});

/** Tests that put SageMaker's events on prod's bus and read back what the deployed rules made of them. */
export function deliversEvents(estate: Estate): void {
  let prod: AccountAccess;
  let inbox: string;

  beforeAll(async () => {
    prod = await accessTo(estate, "prod");
    const sqs = new SQSClient(prod);
    const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }));
    inbox = QueueUrl;
    await new SNSClient(prod).send(
      new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: arn("sqs", "inbox") }),
    );
  });

  afterAll(async () => {
    await new SQSClient(prod).send(new DeleteQueueCommand({ QueueUrl: inbox }));
  });

  const put = async (...Entries: PutEventsRequestEntry[]) => {
    await new EventBridgeClient(prod).send(new PutEventsCommand({ Entries }));
  };

  const trainings = async () => {
    const PipelineName = "mammo-severity-train-pipeline";
    const list = await new SageMakerClient(prod).send(new ListPipelineExecutionsCommand({ PipelineName }));
    return list.PipelineExecutionSummaries?.map(({ PipelineExecutionArn }) => PipelineExecutionArn) ?? [];
  };

  test("a failed data-quality step starts training in prod and alerts", async () => {
    const before = await trainings();
    await put(stepFailure(monitorStep(estate), "Data quality violations in Age"));
    const after = await eventually(trainings, (list) => list.length > before.length);
    expect(after).toHaveLength(before.length + 1);
    const [message] = await drain(prod, inbox, 1);
    expect(message).toContain(`Step ${monitorStep(estate)} (QualityCheck) failed.`);
    expect(message).toContain(`Execution: ${inference}/execution/abc123`);
    expect(message).toContain("Reason:    Data quality violations in Age");
  });

  test("a failure of another step only alerts", async () => {
    const before = await trainings();
    await put(stepFailure("Mammo-LatestApprovedModel", "no approved version"));
    const [message] = await drain(prod, inbox, 1);
    expect(message).toContain("Step Mammo-LatestApprovedModel");
    expect(await trainings()).toEqual(before);
  });

  test("the same event twice starts one training and loses no alert", async () => {
    const before = await trainings();
    const event = stepFailure(monitorStep(estate), "Data quality violations in Density", "twice");
    await put(event, event);
    expect((await drain(prod, inbox, 1)).join()).toContain("execution/twice");
    expect(await trainings()).toHaveLength(before.length + 1);
  });

  test("an event whose target cannot be reached lands in the dead-letter queue", async () => {
    await new SNSClient(prod).send(new DeleteTopicCommand({ TopicArn: topic }));
    await put(stepFailure("Mammo-LatestApprovedModel", "no approved version"));
    const undelivered = queueUrl(process.env.AWS_ENDPOINT_URL ?? "", "mammo-severity-undelivered-events");
    const [message] = await drain(prod, undelivered, 1);
    expect(JSON.parse(message ?? "")).toMatchObject({ detail: { stepName: "Mammo-LatestApprovedModel" } });
  });
}

/** The step of prod's inference pipeline whose failure means drift. */
function monitorStep(estate: Estate): string {
  const prod = workloadsOf(estate).find(({ name }) => name === "prod");
  if (!prod) throw new Error("the shipped estate has a prod environment");
  return pipelinesIn(estate, prod, mammoSeverity).inference?.stepNames("QualityCheck")[0] ?? "";
}

const attempts = 50;
const pause = () => new Promise((resolve) => setTimeout(resolve, 200));

/** Asks until the answer is as expected, for ten seconds at most; gives the last answer. */
async function eventually<Answer>(
  ask: () => Promise<Answer>,
  expected: (answer: Answer) => boolean,
): Promise<Answer> {
  let answer = await ask();
  for (let attempt = 0; attempt < attempts && !expected(answer); attempt += 1) {
    await pause();
    answer = await ask();
  }
  return answer;
}

/** Takes messages off a queue until `count` have come, or ten seconds have passed. */
async function drain(access: AccountAccess, QueueUrl: string, count: number): Promise<string[]> {
  const sqs = new SQSClient(access);
  const taken: string[] = [];
  await eventually(
    async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      for (const { Body = "", ReceiptHandle } of Messages) {
        taken.push(textOf(Body));
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      return taken.length;
    },
    (length) => length >= count,
  );
  return taken;
}

/** What SNS delivered, without its envelope. */
function textOf(body: string): string {
  const envelope = JSON.parse(body) as { Message?: string };
  return envelope.Message ?? body;
}
