import { randomInt } from "node:crypto";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { StepFailure } from "../execution/failure";
import type { CallbackAnswer } from "../control-plane";
import { declaredOutputs, outputProperties } from "./outputs";
import type { StepContext, StepResult } from "./step";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const tokenLength = 10;

/**
 * Sends a message to a queue and waits until somebody answers with SendPipelineExecutionStepSuccess or …Failure.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html#step-type-callback
 */
export async function callback(context: StepContext): Promise<StepResult> {
  const { settings, callbacks, signal, abandoned } = context;
  signal.throwIfAborted();
  const CallbackToken = newToken();
  const SqsQueueUrl = String(settings.SqsQueueUrl);
  const waiting = callbacks.answerTo(CallbackToken, abandoned);
  waiting.catch(() => undefined); // where the message cannot be sent, nobody awaits it
  await context.showMetadata({ Callback: { CallbackToken, SqsQueueUrl } });
  await send(context, CallbackToken, "Executing");
  const { status, outputs, reason } = await whileRunning(context, CallbackToken, waiting);
  if (status === "Failure") throw new StepFailure(reason ?? "The callback reported a failure");
  const given = Object.fromEntries(outputs.map(({ Name, Value }) => [Name, Value]));
  const declared = declaredOutputs(settings.OutputParameters, given, "The callback");
  return {
    metadata: { Callback: { CallbackToken, SqsQueueUrl, OutputParameters: declared.list } },
    properties: outputProperties(declared),
  };
}

const newToken = (): string =>
  Array.from({ length: tokenLength }, () => alphabet[randomInt(alphabet.length)]).join("");

async function send(context: StepContext, token: string, status: "Executing" | "Stopping"): Promise<void> {
  const { execution, settings } = context;
  const { sqs } = await context.sessionOf();
  const message = {
    token,
    pipelineExecutionArn: execution.executionArn,
    status,
    arguments: context.arguments,
  };
  await sqs.send(
    new SendMessageCommand({ QueueUrl: String(settings.SqsQueueUrl), MessageBody: JSON.stringify(message) }),
  );
}

/**
 * An execution that is to stop says so in another message, and stops only when that is answered, in either way.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopPipelineExecution.html
 */
async function whileRunning(
  context: StepContext,
  token: string,
  waiting: Promise<CallbackAnswer>,
): Promise<CallbackAnswer> {
  const { signal, abandoned } = context;
  const tell = () => {
    if (!abandoned.aborted) send(context, token, "Stopping").catch(() => undefined);
  };
  if (signal.aborted) tell();
  signal.addEventListener("abort", tell, { once: true });
  try {
    const answer = await waiting;
    signal.throwIfAborted();
    return answer;
  } finally {
    signal.removeEventListener("abort", tell);
  }
}
