import {
  SendPipelineExecutionStepFailureCommand,
  SendPipelineExecutionStepSuccessCommand,
  StopPipelineExecutionCommand,
} from "@aws-sdk/client-sagemaker";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { account, RunnerSandbox } from "../support/runner-sandbox";
import { shellStep } from "../support/shell-step";
import { nextMessage } from "../support/messages";

const sandbox = new RunnerSandbox();
let sqs: SQSClient;
let queue: string;

interface Question {
  readonly token: string;
  readonly pipelineExecutionArn: string;
  readonly status: string;
  readonly arguments: unknown;
}

const question = async () => JSON.parse(await nextMessage(sqs, queue)) as Question;

beforeAll(async () => {
  await sandbox.start();
  sqs = new SQSClient({ ...(await sandbox.access(account)), useQueueUrlAsEndpoint: false });
  queue = (await sqs.send(new CreateQueueCommand({ QueueName: "questions" }))).QueueUrl ?? "";
  await sandbox.deploy("ask", {
    Parameters: [{ Name: "Topic", Type: "String", DefaultValue: "weather" }],
    Steps: [
      {
        Name: "Ask",
        Type: "Callback",
        SqsQueueUrl: queue,
        Arguments: { topic: { Get: "Parameters.Topic" } },
        OutputParameters: [{ OutputName: "degrees", OutputType: "Integer" }],
      },
      {
        Name: "Warm",
        Type: "Condition",
        Arguments: {
          Conditions: [
            {
              Type: "GreaterThan",
              LeftValue: { Get: "Steps.Ask.OutputParameters['degrees']" },
              RightValue: 20,
            },
          ],
          IfSteps: [shellStep("Swim", "true")],
          ElseSteps: [],
        },
      },
    ],
  });
});
afterAll(() => sandbox.stop());

test("a callback waits for the answer to its token, which is there for all to see", async () => {
  const arn = await sandbox.begin("ask", { Topic: "water" });
  const { token, ...rest } = await question();
  expect(rest).toEqual({
    pipelineExecutionArn: arn,
    status: "Executing",
    arguments: { topic: "water" },
  });
  expect(token).toMatch(/^[a-zA-Z0-9]{10}$/);
  expect((await sandbox.steps(arn)).Ask).toMatchObject({
    StepStatus: "Executing",
    Metadata: { Callback: { CallbackToken: token, SqsQueueUrl: queue } },
  });
  await sandbox.sagemaker.send(
    new SendPipelineExecutionStepSuccessCommand({
      CallbackToken: token,
      OutputParameters: [{ Name: "degrees", Value: "24" }],
    }),
  );
  const { status, steps } = await sandbox.end(arn);
  expect(status).toBe("Succeeded");
  expect(Object.keys(steps).toSorted()).toEqual(["Ask", "Swim", "Warm"]);
  expect(steps.Ask?.Metadata?.Callback?.OutputParameters).toEqual([{ Name: "degrees", Value: "24" }]);
});

test("a failure sent for the token is the step's", async () => {
  const arn = await sandbox.begin("ask");
  const { token: CallbackToken } = await question();
  await sandbox.sagemaker.send(
    new SendPipelineExecutionStepFailureCommand({
      CallbackToken,
      FailureReason: "the thermometer is broken",
    }),
  );
  const { status, steps } = await sandbox.end(arn);
  expect(status).toBe("Failed");
  expect(steps.Ask?.FailureReason).toBe("the thermometer is broken");
});

test("an execution with a callback stops only when its second message is answered", async () => {
  const arn = await sandbox.begin("ask");
  const { token: CallbackToken } = await question();
  await sandbox.sagemaker.send(new StopPipelineExecutionCommand({ PipelineExecutionArn: arn }));
  expect(await question()).toMatchObject({ token: CallbackToken, status: "Stopping" });
  await sandbox.reach(arn, "Ask", "Stopping");
  await sandbox.sagemaker.send(new SendPipelineExecutionStepSuccessCommand({ CallbackToken }));
  const { status, steps } = await sandbox.end(arn);
  expect(status).toBe("Stopped");
  expect(steps.Ask).toMatchObject({ StepStatus: "Stopped" });
  expect(Object.keys(steps)).toEqual(["Ask"]);
});

test("a queue that is not there fails the step", async () => {
  await sandbox.deploy("nowhere", {
    Steps: [
      { Name: "Ask", Type: "Callback", SqsQueueUrl: `${queue}-none`, Arguments: {}, OutputParameters: [] },
    ],
  });
  const { steps } = await sandbox.run("nowhere");
  expect(steps.Ask?.FailureReason).toMatch(/queue does not exist/i);
});
