import type { GitlabUser } from "./settings";
import type { Project } from "./store";

/** https://docs.gitlab.com/ci/jobs/#job-status-order */
export type JobStatus = "created" | "pending" | "running" | "success" | "failed" | "manual" | "skipped";

/** What `.gitlab-ci.yml` says of a job. */
export interface JobDefinition {
  readonly name: string;
  readonly stage: string;
  readonly when: "on_success" | "on_failure" | "always" | "manual" | "delayed";
  readonly allowFailure: boolean;
  /** Jobs that it waits for; none given: all of earlier stages. */
  readonly needs?: readonly string[];
  readonly environment?: string;
  /** Only one job of a group runs at a time. */
  readonly resourceGroup?: string;
  /** Audiences by the variable that gets the token. */
  readonly idTokens: Readonly<Record<string, string | readonly string[]>>;
}

export interface Job extends JobDefinition {
  readonly id: number;
  status: JobStatus;
  /** What it wrote, without masked values. */
  trace: string;
  failureReason?: string;
  /** Milliseconds since 1970. */
  startedAt?: number;
  finishedAt?: number;
  /** Who started it: of a manual job, who played it. */
  user: GitlabUser;
}

export type PipelineSource = "push" | "api" | "schedule";

export interface Pipeline {
  readonly id: number;
  /** Its number within the project. */
  readonly iid: number;
  readonly project: Project;
  readonly ref: string;
  readonly sha: string;
  readonly source: PipelineSource;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly user: GitlabUser;
  /** Stages in their order. */
  readonly stages: readonly string[];
  readonly jobs: readonly Job[];
  /** Checkout in which its jobs run. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  updatedAt: number;
  /** What is wrong with its file. */
  readonly error?: string;
}

/** https://docs.gitlab.com/api/pipelines/ */
export function pipelineStatus({ jobs, error }: Pipeline): string {
  if (error !== undefined) return "failed";
  const statuses = new Set(jobs.map(({ status }) => status));
  if (statuses.has("running") || statuses.has("pending")) return "running";
  if (jobs.some(({ status, allowFailure }) => status === "failed" && !allowFailure)) return "failed";
  if (jobs.some((job) => job.status === "manual" && !job.allowFailure)) return "manual";
  if (statuses.has("created")) return "created";
  return jobs.every(({ status }) => status === "skipped") ? "skipped" : "success";
}

/** What is to become of a job that was created: nothing yet where what it waits for has not ended. */
export function nextStatus(job: Job, { jobs, stages }: Pipeline): JobStatus {
  const order = (stage: string) => stages.indexOf(stage);
  const before = jobs.filter(({ name, stage }) =>
    job.needs ? job.needs.includes(name) : order(stage) < order(job.stage),
  );
  if (!before.every(hasEnded)) return "created";
  if (job.when === "always") return "pending";
  const failed = before.some(({ status, allowFailure }) => status === "failed" && !allowFailure);
  if (job.when === "on_failure") return failed ? "pending" : "skipped";
  if (failed || before.some(({ status }) => status === "skipped")) return "skipped";
  return job.when === "manual" ? "manual" : "pending";
}

/** A manual job that may fail holds nobody up. */
const hasEnded = ({ status, allowFailure }: Job): boolean =>
  ["success", "failed", "skipped"].includes(status) || (status === "manual" && allowFailure);
