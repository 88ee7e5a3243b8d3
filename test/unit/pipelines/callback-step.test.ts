import { CallbackStep } from "../../../pipelines/definition";

test("a callback hands its inputs to a queue and its answer to other steps", () => {
  const ask = new CallbackStep("Ask", {
    queueUrl: "https://sqs.us-east-1.amazonaws.com/111111111111/questions",
    queueArn: "arn:aws:sqs:us-east-1:111111111111:questions",
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
  expect(ask.permissions()).toEqual([
    {
      Effect: "Allow",
      Action: ["sqs:SendMessage"],
      Resource: ["arn:aws:sqs:us-east-1:111111111111:questions"],
    },
  ]);
});
