import type { GitServer } from "../../git-server";
import { assertThat } from "../stage";
import { waitFor } from "../wait";
import { actSeconds, keepStep, type Project, type ProjectsAct } from "./context";
import type { Job, Pipeline } from "./gitlab-api";

/** A pipeline in which nothing moves any more by itself. */
export interface SettledPipeline {
  readonly pipeline: Pipeline;
  readonly jobs: readonly Job[];
  /** What a job wrote. */
  readonly traceOf: (job: string) => Promise<string>;
}

const settled = new Set(["success", "failed", "manual", "skipped"]);

/**
 * Follows a repository's newest pipeline of a source, and keeps how long its jobs took.
 * @throws Error of the job that failed, with the end of what it wrote
 */
export async function followPipeline(
  { git, say, signal }: Pick<ProjectsAct, "say" | "signal"> & { readonly git: Pick<GitServer, "as"> },
  project: Project,
  {
    repository,
    source,
    until,
  }: { readonly repository: string; readonly source: string; readonly until: string },
): Promise<SettledPipeline> {
  const api = git.as("platform");
  const told = new Set(project.report.steps.map(({ by, name }) => `${by} ${name}`));
  const look = async (): Promise<Omit<SettledPipeline, "traceOf"> | undefined> => {
    const pipeline = (await api.pipelines(repository)).find((each) => each.source === source);
    if (!pipeline) return undefined;
    const jobs = await api.jobs(repository, pipeline.id);
    for (const job of jobs.filter((each) => hasEnded(each) && !told.has(`${repository} ${each.name}`))) {
      told.add(`${repository} ${job.name}`);
      keepStep(project, stepOf(project, repository, job));
      say(
        `    ${job.status === "success" ? "✓" : "✗"} ${repository}: ${job.name} ${(job.duration ?? 0).toFixed(1)} s`,
      );
    }
    return settled.has(pipeline.status) ? { pipeline, jobs } : undefined;
  };
  const wait = { seconds: actSeconds, signal };
  const found = await waitFor(`The end of a pipeline of ${repository}`, look, wait);
  const traceOf = async (name: string): Promise<string> => {
    const job = found.jobs.find((each) => each.name === name);
    return job ? plain(await api.trace(repository, job.id)) : "";
  };
  await refuseFailed(found, traceOf);
  assertThat(
    found.pipeline.status === until,
    `The pipeline of ${repository} is ${found.pipeline.status}, not ${until}`,
  );
  return { ...found, traceOf };
}

const hasEnded = ({ status, started_at }: Job): boolean =>
  started_at !== null && (status === "success" || status === "failed");

const stepOf = ({ askedAt }: Project, by: string, { name, status, started_at, duration }: Job) => ({
  ...{ name, by, status: status === "success" ? ("passed" as const) : ("failed" as const) },
  startedAfter: (Date.parse(started_at ?? "") - askedAt) / 1000,
  seconds: duration ?? 0,
});

const lastLines = 15;

async function refuseFailed(
  { pipeline, jobs }: Omit<SettledPipeline, "traceOf">,
  traceOf: SettledPipeline["traceOf"],
): Promise<void> {
  assertThat(
    pipeline.yaml_errors === null,
    `GitLab does not take the CI file: ${pipeline.yaml_errors ?? ""}`,
  );
  const failed = jobs.find(({ status }) => status === "failed");
  if (!failed) return;
  const wrote = (await traceOf(failed.name)).trim().split("\n").slice(-lastLines).join("\n");
  throw new Error(
    `CI's job ${failed.name} failed (${failed.failure_reason ?? "no reason given"}):\n${wrote}`,
  );
}

/** What a job wrote itself, without what the runner puts before each line. */
export const plain = (trace: string): string => trace.replace(/^\S+ +> ?/gm, "");
