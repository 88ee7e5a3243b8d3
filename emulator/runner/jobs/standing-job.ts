import { appendFile, mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { Callbacks } from "../execution/callbacks";
import { asFailure, isStop } from "../execution/failure";
import { RoleSessions } from "../execution/role-sessions";
import type { ControlPlane, FinishedJob, StandingJob } from "../control-plane";
import { stepKinds } from "../steps";
import { requireImages } from "../steps/image-refusal";
import type { StepContext } from "../steps/step";

interface Settings {
  readonly controlPlane: ControlPlane;
  readonly python: string;
  /** Gets a log of the job's name. */
  readonly logs: string;
  readonly scratch: string;
}

type JobEnd = Pick<FinishedJob, "status" | "failureReason">;

/** What only steps of a pipeline have. */
const notAJobs = (): Promise<never> =>
  Promise.reject(new Error("a job refers to nothing and calls no function"));

const kinds = { processing: "Processing", training: "Training", transform: "Transform" } as const;
const longestReason = 1024;

/**
 * Runs a job that no pipeline started as a step of its kind, but for making it: SageMaker works for the job itself, as the role
 * that it was given.
 * @returns how it ended, which is recorded
 */
export async function runStandingJob(
  job: StandingJob,
  settings: Settings,
  signal: AbortSignal,
): Promise<JobEnd> {
  const startTime = new Date().toISOString();
  let recorded: JobEnd | undefined;
  const context = contextOf(job, settings, signal, (end) => {
    recorded = end;
  });
  await Promise.all([context.scratch, settings.logs].map((folder) => mkdir(folder, { recursive: true })));
  try {
    await appendFile(context.logFile, "");
    requireImages(job.request);
    await stepKinds[kinds[job.kind]]?.(context);
  } catch (error) {
    const failureReason = asFailure(error).message.slice(0, longestReason);
    await appendFile(context.logFile, `${failureReason}\n`);
    const end: JobEnd = isStop(error, signal) ? { status: "Stopped" } : { status: "Failed", failureReason };
    const { kind, name, account, region } = job;
    const endTime = new Date().toISOString();
    if (!recorded) await context.finishJob({ kind, name, account, region, startTime, endTime, ...end });
  } finally {
    await rm(context.scratch, { recursive: true, force: true });
  }
  return recorded ?? { status: "Failed" };
}

function contextOf(
  job: StandingJob,
  { controlPlane, python, logs, scratch }: Settings,
  signal: AbortSignal,
  ended: (end: JobEnd) => void,
): StepContext {
  const { name, arn, account, region, request } = job;
  const { RoleArn: roleArn = job.model?.ExecutionRoleArn ?? "" } = request as { readonly RoleArn?: string };
  const execution = {
    executionArn: arn,
    pipelineArn: arn,
    pipelineName: name,
    roleArn,
    account,
    region,
    definition: "",
    parameters: [],
    startTime: new Date().toISOString(),
    maxParallelSteps: null,
    selectedSteps: null,
    reusedResults: {},
  };
  const sessions = new RoleSessions(controlPlane, execution);
  return {
    execution,
    executionId: name,
    definition: { Name: name, Type: kinds[job.kind], Arguments: request },
    arguments: request,
    settings: {},
    scope: { roots: {}, readPropertyFile: notAJobs, readObject: notAJobs },
    standing: job,
    sessionOf: (role = roleArn, vpc) => sessions.of("sagemaker.amazonaws.com", role, arn, vpc?.Subnets?.[0]),
    functionSession: notAJobs,
    functionCode: notAJobs,
    finishJob: async (end) => {
      ended(end);
      await controlPlane.finishJob(end);
    },
    tuning: controlPlane,
    showMetadata: () => Promise.resolve(),
    callbacks: new Callbacks(),
    scratch: join(scratch, name),
    logFile: join(logs, `${name}.log`),
    python,
    signal,
    abandoned: signal,
  };
}
