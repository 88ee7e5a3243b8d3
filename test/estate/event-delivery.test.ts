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
import { until } from "../support/until";
import { Monitor } from "./support/monitor";

const arn = (service: string, resource: string) => `arn:aws:${service}:us-east-1:222222222222:${resource}`;
const inference = arn("sagemaker", "pipeline/mammo-severity-inference-pipeline");
const topic = arn("sns", "mammography-model-notification");
const drift = { job: "Completed", violated: ["completeness_check"] } as const;

/** A step of prod's inference pipeline changes to Failed, in the words SageMaker uses. */
const stepFailure = (stepName: string, execution: string, Time?: Date): PutEventsRequestEntry => ({
  Source: "aws.sagemaker",
  DetailType: "SageMaker Model Building Pipeline Execution Step Status Change",
  ...(Time && { Time }),
  Detail: JSON.stringify({
    stepName,
    stepType: "QualityCheck",
    currentStepStatus: "Failed",
    previousStepStatus: "Executing",
    failureReason: "no approved version",
    pipelineArn: inference,
    pipelineExecutionArn: execution,
  }),
});

let applied: AppliedEstate;
let prod: AccountAccess;
let inbox: string;
let monitor: Monitor;

beforeEach(async () => {
  applied = await AppliedEstate.copy({ policies: true });
  prod = await applied.access("prod");
  monitor = await Monitor.start(applied, monitorStep());
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
  return list.PipelineExecutionSummaries ?? [];
};

/** What the function that guards retraining has decided, once it has so often. */
const decisions = (count: number) =>
  until(`${count} decisions are logged`, async () => {
    const lines = await monitor.logged();
    return lines.length >= count ? lines : undefined;
  });

test("data drift starts training in prod and alerts", async () => {
  const execution = await monitor.fail(drift);
  const [decision] = await decisions(1);
  const [training, ...others] = await trainings();
  expect(others).toEqual([]);
  expect(decision).toBe(
    `Training ${training?.PipelineExecutionArn ?? ""}: ${monitorStep()} of ${execution} found data drift: ` +
      "_c1 completeness_check",
  );
  const message = await next(inbox);
  expect(message).toContain(`Step ${monitorStep()} (QualityCheck) failed.`);
  expect(message).toContain(`Execution: ${execution}`);
  expect(message).toContain(`Reason:    npx mlops pipelines show ${execution}`);
  expect(message).not.toContain("the monitor failed");
});

test("a monitor that could not do its work, or says the batch is malformed, only alerts", async () => {
  const ends = [
    {},
    { job: "Failed" },
    { job: "Completed", violated: ["missing_column_check", "data_type_check"] },
  ] as const;
  for (const end of ends) {
    const execution = await monitor.fail(end);
    expect(await next(inbox)).toContain(`Execution: ${execution}`);
  }
  const lines = await decisions(ends.length);
  expect(lines.filter((line) => line.startsWith("No training: "))).toHaveLength(ends.length);
  expect(await trainings()).toEqual([]);
});

test("drift while a training runs starts none, however often; the next after it has ended starts the next", async () => {
  const [first] = await Promise.all(Array.from({ length: 5 }, () => monitor.fail(drift)));
  await put(stepFailure(monitorStep(), first ?? ""));
  const lines = await decisions(6);
  const [training, ...others] = await trainings();
  expect(others).toEqual([]);
  const started = training?.StartTime?.getTime() ?? 0;
  await monitor.endTraining(training?.PipelineExecutionArn ?? "");
  expect(new Set(lines.map((line) => /\/execution\/(\w+)/.exec(line)?.[1]))).toHaveProperty("size", 1);

  await put(stepFailure(monitorStep(), first ?? "", new Date(started - 1000)));
  expect((await decisions(7)).at(-1)).toMatch(/^No training, for .* ran since: /);
  // An event's time has whole seconds: the next drift is later than the first training's start by any clock.
  await until("a second has passed", () => (Date.now() - started > 1000 ? true : undefined));
  await monitor.fail(drift);
  await decisions(8);
  expect(await trainings()).toHaveLength(2);
});

test("a failure that cannot be looked into starts nothing, and its event is not lost", async () => {
  await monitor.fail({ job: "Completed" });
  expect(JSON.parse(await next(undelivered()))).toMatchObject({ detail: { stepName: monitorStep() } });
  const errors = (await monitor.logged()).filter((line) => line.startsWith("Invoke Error"));
  expect(errors).toEqual(Array(3).fill("Invoke Error NoSuchKey: The specified key does not exist."));
  expect(await trainings()).toEqual([]);
});

test("a failure of another step only alerts", async () => {
  await put(stepFailure("Mammo-LatestApprovedModel", `${inference}/execution/abc123`));
  expect(await next(inbox)).toContain("Step Mammo-LatestApprovedModel");
  expect(await monitor.logged()).toEqual([]);
});

test("each event whose target cannot be reached lies in the dead-letter queue, and alarms without that target", async () => {
  const sns = new SNSClient(prod);
  await sns.send(new DeleteTopicCommand({ TopicArn: topic }));
  await sns.send(
    new SubscribeCommand({
      TopicArn: arn("sns", "mammo-severity-alarms"),
      Protocol: "sqs",
      Endpoint: arn("sqs", "inbox"),
    }),
  );
  const alarm = async () => (JSON.parse(await next(inbox)) as { AlarmName: string }).AlarmName;
  await put(stepFailure("First", `${inference}/execution/abc123`));
  const raised = [await alarm(), await alarm()];
  expect(raised.toSorted()).toEqual([
    "mammo-severity-new-undelivered-events",
    "mammo-severity-undelivered-events",
  ]);
  await put(stepFailure("Second", `${inference}/execution/abc123`));
  expect(await alarm()).toBe("mammo-severity-new-undelivered-events");
  expect(JSON.parse(await next(undelivered()))).toMatchObject({ detail: { stepName: "First" } });
  expect(JSON.parse(await next(undelivered()))).toMatchObject({ detail: { stepName: "Second" } });
});

const undelivered = () => `${applied.localAws.endpoint}/222222222222/mammo-severity-undelivered-events`;

/** The step of prod's inference pipeline whose failure may mean drift. */
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
