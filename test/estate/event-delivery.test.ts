import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { ListPipelineExecutionsCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import { DeleteTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import type { AccountAccess } from "../../deploy/access/account-access";
import { mammoSeverity } from "../../pipelines/mammo-severity/model";
import { pipelinesIn } from "../../stacks/model-pipelines";
import { workloadsOf } from "../../stacks/topology";
import { AppliedEstate } from "../support/applied-estate";
import { nextMessage } from "../support/messages";

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:222222222222:${resource}`;
const inference = arn("sagemaker", "pipeline/mammo-severity-inference-pipeline");
const topic = arn("sns", "mammography-model-notification");

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

let applied: AppliedEstate;
let prod: AccountAccess;
let inbox: string;

beforeEach(async () => {
  applied = await AppliedEstate.copy();
  prod = await applied.access("prod");
  const { QueueUrl = "" } = await new SQSClient(prod).send(new CreateQueueCommand({ QueueName: "inbox" }));
  inbox = QueueUrl;
  await new SNSClient(prod).send(
    new SubscribeCommand({ TopicArn: topic, Protocol: "sqs", Endpoint: arn("sqs", "inbox") }),
  );
});
afterEach(() => applied.stop());

/** Rules have had each event once this is through. */
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
  await put(stepFailure(monitorStep(), "Data quality violations in Age"));
  expect(await trainings()).toHaveLength(before.length + 1);
  const message = await next(inbox);
  expect(message).toContain(`Step ${monitorStep()} (QualityCheck) failed.`);
  expect(message).toContain(`Execution: ${inference}/execution/abc123`);
  expect(message).toContain("Reason:    Data quality violations in Age");
});

test("a failure of another step only alerts", async () => {
  const before = await trainings();
  await put(stepFailure("Mammo-LatestApprovedModel", "no approved version"));
  const message = await next(inbox);
  expect(message).toContain("Step Mammo-LatestApprovedModel");
  expect(await trainings()).toEqual(before);
});

test("the same event twice starts one training and loses no alert", async () => {
  const before = await trainings();
  const event = stepFailure(monitorStep(), "Data quality violations in Density", "twice");
  await put(event, event);
  expect(await next(inbox)).toContain("execution/twice");
  expect(await trainings()).toHaveLength(before.length + 1);
});

test("an event whose target cannot be reached lands in the dead-letter queue", async () => {
  await new SNSClient(prod).send(new DeleteTopicCommand({ TopicArn: topic }));
  await put(stepFailure("Mammo-LatestApprovedModel", "no approved version"));
  const undelivered = `${applied.localAws.endpoint}/222222222222/mammo-severity-undelivered-events`;
  expect(JSON.parse(await next(undelivered))).toMatchObject({
    detail: { stepName: "Mammo-LatestApprovedModel" },
  });
});

/** The step of prod's inference pipeline whose failure means drift. */
function monitorStep(): string {
  const prod = workloadsOf(applied.estate).find(({ name }) => name === "prod");
  if (!prod) throw new Error("the tests' estate has a prod environment");
  return pipelinesIn(applied.estate, prod, mammoSeverity).inference?.stepNames("QualityCheck")[0] ?? "";
}

/** Takes the next message off a queue. @returns what SNS delivered, without its envelope */
async function next(QueueUrl: string): Promise<string> {
  const body = await nextMessage(new SQSClient({ ...prod, useQueueUrlAsEndpoint: false }), QueueUrl);
  const envelope = JSON.parse(body) as { Message?: string };
  return envelope.Message ?? body;
}
