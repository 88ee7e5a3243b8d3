import { randomBytes } from "node:crypto";
import { appendFile, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { asFailure, isStop, StepFailure } from "../execution/failure";
import type { FinishedJob } from "../control-plane";
import type { Resolved, StepContext } from "../steps/step";
import { runContainer } from "./container";
import { versionNote } from "./images";
import type { ProcessEnd } from "./process";

const day = 24 * 60 * 60;
const longestReason = 1024;

export interface JobDescription {
  readonly kind: FinishedJob["kind"];
  /** @default one as SageMaker gives to a pipeline's jobs */
  readonly name?: string;
  /** Makes it known to SageMaker. @returns its ARN */
  readonly create: (name: string) => Promise<string | undefined>;
  /** The step's metadata while the job runs. */
  readonly metadata: (arn: string) => Resolved;
}

/** A job under way. */
export interface Job {
  readonly name: string;
  /** Folder that becomes `/opt/ml`. */
  readonly folder: string;
}

/** What a job's work came to, beside its outputs in S3. */
type Outcome = Pick<FinishedJob, "modelArtifacts" | "metrics">;

/**
 * Makes a job known to SageMaker, where it is not yet, does its work in a folder of its own, and tells SageMaker how it ended.
 * @returns its name and ARN, and what the work gave
 */
export async function withJob<Result extends Outcome>(
  context: StepContext,
  { kind, create, metadata, name: given }: JobDescription,
  work: (job: Job) => Promise<Result>,
): Promise<Result & { readonly name: string; readonly arn: string }> {
  const { executionId, execution, scratch, signal, standing } = context;
  signal.throwIfAborted();
  const name = standing?.name ?? given ?? jobName(executionId, context.definition.Name);
  const folder = join(scratch, name);
  const arn = standing?.arn ?? (await create(name)) ?? "";
  const startTime = new Date().toISOString();
  const finish = async (end: Pick<FinishedJob, "status" | "failureReason"> & Outcome) => {
    const exitMessage = await textOf(folder, "message");
    await context.finishJob({
      kind,
      name,
      ...(exitMessage && { exitMessage }),
      ...end,
      account: execution.account,
      region: execution.region,
      startTime,
      endTime: new Date().toISOString(),
    });
  };
  try {
    await context.showMetadata(metadata(arn));
    await mkdir(folder, { recursive: true });
    const result = await work({ name, folder });
    const { modelArtifacts, metrics } = result;
    await finish({
      status: "Completed",
      ...(modelArtifacts && { modelArtifacts }),
      ...(metrics && { metrics }),
    });
    return { ...result, name, arn };
  } catch (error) {
    const failureReason = asFailure(error).message.slice(0, longestReason);
    await finish(isStop(error, signal) ? { status: "Stopped" } : { status: "Failed", failureReason });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
    await rm(`${folder}.opt`, { recursive: true, force: true });
  }
}

/** As SageMaker names the jobs of a pipeline; at most 63 characters. */
export const jobName = (executionId: string, step: string): string =>
  `pipelines-${executionId}-${step.slice(0, 24).replaceAll("_", "-")}-${randomBytes(5).toString("hex")}`.slice(
    0,
    63,
  );

/** What a job runs. */
export interface Program {
  readonly image: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly roleArn: string;
  /** Whether it reaches nothing over a network, and so has no credentials either. @default false */
  readonly isolated?: boolean | undefined;
  /** @default a day */
  readonly maxRuntimeSeconds?: number | undefined;
}

/**
 * Runs a job's program, with its role's credentials if it reaches AWS.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/mkt-algo-model-internet-free.html
 * @throws StepFailure with what the program says of its failure
 */
export async function runProgram(context: StepContext, { folder }: Job, program: Program): Promise<void> {
  const { isolated = false } = program;
  const { region } = context.execution;
  const note = versionNote(program.image);
  if (note) await appendFile(context.logFile, `${note}\n`);
  const end = await runContainer({
    folder,
    command: program.command,
    environment: {
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      ...(!isolated && (await reachingAws(context, program))),
      ...program.environment,
    },
    python: context.python,
    isolated,
    logFile: context.logFile,
    maxRuntimeSeconds: program.maxRuntimeSeconds ?? day,
    signal: context.signal,
  });
  await requireSuccess(end, folder, context);
}

async function reachingAws(context: StepContext, { roleArn }: Program): Promise<Record<string, string>> {
  const { credentials } = await context.sessionOf(roleArn);
  return {
    AWS_ENDPOINT_URL: process.env.AWS_ENDPOINT_URL ?? "",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}

async function requireSuccess(end: ProcessEnd, folder: string, context: StepContext): Promise<void> {
  context.signal.throwIfAborted();
  if (end.kind === "exited" && end.code === 0) return;
  if (end.kind === "timed out")
    throw new StepFailure("ClientError: the job ran longer than MaxRuntimeInSeconds");
  if (end.kind === "killed")
    throw new StepFailure(
      `InternalServerError: the container was ended by ${end.signal}`,
      "SageMaker.JOB_INTERNAL_ERROR",
    );
  const reason =
    (await textOf(folder, "failure")) ??
    (await textOf(folder, "message")) ??
    (await lastLine(context.logFile));
  const named = /^(Algorithm|Client)Error: /.test(reason) ? reason : `AlgorithmError: ${reason}`;
  throw new StepFailure(`${named}, exit code: ${end.kind === "exited" ? end.code : ""}`);
}

/** What a container wrote of how it ended: `failure` in any, `message` in those of processing jobs. */
async function textOf(folder: string, name: "failure" | "message"): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, "output", name), "utf8")).trim() || undefined;
  } catch {
    return undefined;
  }
}

async function lastLine(file: string): Promise<string> {
  const lines = (await readFile(file, "utf8")).trim().split("\n");
  return lines.at(-1) ?? "";
}

/** When a job is stopped by itself. */
export function maxRuntime(request: Resolved): number | undefined {
  const condition = request.StoppingCondition as { MaxRuntimeInSeconds?: number } | undefined;
  return condition?.MaxRuntimeInSeconds;
}
