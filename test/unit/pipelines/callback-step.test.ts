import { CallbackStep, Pipeline } from "../../../pipelines/definition";
import { devContext } from "../../support/mammo-severity";

test("a callback hands its inputs to a queue and its answer to other steps", () => {
  const ask = new CallbackStep("Ask", {
    queueUrl: "https://sqs.us-east-1.amazonaws.com/111111111111/questions",
    inputs: { question: "go on?" },
    outputs: ["answer"],
  });
  expect(ask.toJSON()).toEqual({
    Name: "Ask",
    Type: "Callback",
    Arguments: { question: "go on?" },
    SqsQueueUrl: "https://sqs.us-east-1.amazonaws.com/111111111111/questions",
    OutputParameters: [{ OutputName: "answer", OutputType: "String" }],
  });
  expect(ask.output("answer").toJSON()).toEqual({ Get: "Steps.Ask.OutputParameters['answer']" });
});

const ask = (queueUrl: string) =>
  new Pipeline({
    ...devContext,
    name: "p",
    parameters: [],
    steps: [new CallbackStep("Ask", { queueUrl, outputs: [] })],
  });

test.each([
  [
    "https://sqs.us-east-1.amazonaws.com/111111111111/questions",
    "arn:aws:sqs:us-east-1:111111111111:questions",
  ],
  [
    "https://sqs.cn-north-1.amazonaws.com.cn/111111111111/a.fifo",
    "arn:aws-cn:sqs:cn-north-1:111111111111:a.fifo",
  ],
])("it may send to the queue behind %s alone", (url, arn) => {
  expect(ask(url).permissions()).toContainEqual({
    Effect: "Allow",
    Action: ["sqs:SendMessage"],
    Resource: [arn],
  });
});

test("a queue that is none of Amazon's is refused by the step's name", () => {
  expect(() => ask("https://example.com/q").permissions()).toThrow(
    'pipeline p: step Ask: SqsQueueUrl must be https://sqs.REGION.amazonaws.com/ACCOUNT/NAME, got: "https://example.com/q"',
  );
});
