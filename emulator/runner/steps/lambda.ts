import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { repository } from "../../../tools/paths";
import { FunctionTimedOut, StepFailure } from "../execution/failure";
import { runProcess, type ProcessEnd } from "../jobs/process";
import type { FunctionCode } from "../control-plane";
import { declaredOutputs, outputProperties } from "./outputs";
import type { Resolved, StepContext, StepResult } from "./step";

const invoker = join(__dirname, "../../functions/invoke.js");

/** What Lambda switches off in Node.js. https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html */
const nodeFlags = ["--no-experimental-require-module", "--no-experimental-detect-module"];

/** A step waits ten minutes, a function may run for fifteen (https://github.com/aws/sagemaker-python-sdk/issues/3236). */
const longestWaitSeconds = 600;

/** How long a step waits for a function with this timeout, in seconds. */
export const waitSeconds = (timeout: number): number => Math.min(timeout, longestWaitSeconds);

/** Runs the function that is deployed, in a process of its own, with its role and environment. */
export async function lambda(context: StepContext): Promise<StepResult> {
  context.signal.throwIfAborted();
  const arn = String(context.settings.FunctionArn);
  await context.showMetadata({ Lambda: { Arn: arn } });
  const code = await context.functionCode(arn);
  if (!code.runtime.startsWith("nodejs"))
    throw new StepFailure(`ClientError: the runner runs Node.js functions, ${arn} is of ${code.runtime}`);
  const answer = await invoke(context, arn, code);
  const outputs = declaredOutputs(context.settings.OutputParameters, answer, `Function ${arn}`);
  return {
    metadata: { Lambda: { Arn: arn, OutputParameters: outputs.list } },
    properties: outputProperties(outputs),
  };
}

/** A function cannot be stopped: an execution that is to stop waits for it. */
async function invoke(context: StepContext, arn: string, code: FunctionCode): Promise<Resolved> {
  const { scratch, abandoned, logFile } = context;
  const folder = join(scratch, "function");
  await unpack(code.zip, folder);
  const files = { event: join(scratch, "event.json"), answer: join(scratch, "answer.json") };
  await writeFile(files.event, JSON.stringify(context.arguments));
  const end = await runProcess({
    command: [
      process.execPath,
      ...(/^nodejs(18|20|22)\./.test(code.runtime) ? nodeFlags : []),
      invoker,
      ...[folder, code.handler, files.event, files.answer, arn, String(code.timeout)],
    ],
    folder,
    environment: await environmentOf(context, arn, code),
    logFile,
    maxRuntimeSeconds: waitSeconds(code.timeout),
    signal: abandoned,
  });
  abandoned.throwIfAborted();
  requireEnd(end, arn, waitSeconds(code.timeout));
  return resultOf(await readFile(files.answer, "utf8"), arn);
}

async function unpack(zip: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(unzipSync(Buffer.from(zip, "base64")))) {
    const file = join(folder, name);
    if (name.endsWith("/") || !file.startsWith(`${folder}/`)) continue;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

async function environmentOf(
  { functionSession, execution }: StepContext,
  arn: string,
  { role, environment, memorySize, runtime, logGroup }: FunctionCode,
): Promise<Record<string, string>> {
  const { credentials } = await functionSession(role, arn);
  return {
    ...environment,
    PATH: process.env.PATH ?? "",
    HOME: "/tmp", // the one folder that a function may write to; not the user's, who has AWS settings there, or none
    AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL ?? "",
    AWS_REGION: execution.region,
    AWS_DEFAULT_REGION: execution.region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_EXECUTION_ENV: `AWS_Lambda_${runtime}`,
    AWS_LAMBDA_LOG_GROUP_NAME: logGroup,
    AWS_LAMBDA_FUNCTION_NAME: arn.split(":")[6] ?? "",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySize),
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    NODE_PATH: join(repository, "node_modules"), // has the AWS SDK, as Lambda's Node.js runtimes do (ADR 11)
  };
}

/** It ends well even where the handler throws, unless it is ended from outside. */
function requireEnd(end: ProcessEnd, arn: string, seconds: number): void {
  if (end.kind === "timed out")
    throw new FunctionTimedOut(`ClientError: Task timed out after ${seconds} seconds (function ${arn})`);
  if (end.kind !== "exited" || end.code !== 0) {
    const how =
      end.kind === "exited" ? `exit status ${end.code}` : end.kind === "killed" ? end.signal : end.kind;
    throw new StepFailure(`ClientError: Runtime exited: ${how} (function ${arn})`);
  }
}

function resultOf(text: string, arn: string): Resolved {
  const { result, error } = JSON.parse(text) as {
    readonly result?: unknown;
    readonly error?: { readonly errorType: string; readonly errorMessage: string };
  };
  if (error)
    throw new StepFailure(`ClientError: ${error.errorType}: ${error.errorMessage} (function ${arn})`);
  return (result ?? {}) as Resolved;
}
