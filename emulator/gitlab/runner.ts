import { startRunner } from "./ci-file";
import type { IdTokens } from "./id-tokens";
import { nextStatus, type Job, type Pipeline } from "./pipeline";
import type { Store } from "./store";
import { jobVariables } from "./variables";

/** The one runner: takes jobs of pipelines as they become ready, and has gitlab-ci-local run each. */
export class Runner {
  private readonly pipelines: Pipeline[] = [];
  private readonly running = new Map<Job, { readonly kill: () => void; readonly ended: Promise<void> }>();
  private stopped = false;

  constructor(
    private readonly store: Store,
    private readonly idTokens: IdTokens,
    private readonly rootUrl: () => string,
  ) {}

  take(pipeline: Pipeline): void {
    this.pipelines.push(pipeline);
    this.advance();
  }

  /** Starts what has become ready. */
  advance(): void {
    for (const pipeline of this.pipelines) settle(pipeline);
    for (const pipeline of this.pipelines)
      for (const job of pipeline.jobs)
        if (job.status === "pending" && this.hasRoom(job, pipeline)) this.start(job, pipeline);
  }

  /** Waits until no job runs or is to run; manual ones stay. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all([...this.running.values()].map(({ ended }) => ended));
  }

  /** Ends what runs, and starts nothing more. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const { kill } of this.running.values()) kill();
    await this.idle();
  }

  private hasRoom({ resourceGroup }: Job, { project }: Pipeline): boolean {
    if (this.stopped || this.running.size >= (this.store.settings.runner?.concurrent ?? 1)) return false;
    const others = this.pipelines.filter((each) => each.project === project).flatMap(({ jobs }) => jobs);
    const isTaken = ({ resourceGroup: group, status }: Job) =>
      group === resourceGroup && status === "running";
    return resourceGroup === undefined || !others.some(isTaken);
  }

  private start(job: Job, pipeline: Pipeline): void {
    if (!this.mayDeploy(job, pipeline)) return;
    job.status = "running";
    job.startedAt = Date.now();
    const { variables, masked } = jobVariables(job, pipeline, {
      store: this.store,
      idTokens: this.idTokens,
      rootUrl: this.rootUrl(),
    });
    const environment = { PATH: process.env.PATH ?? "", ...this.store.settings.runner?.environment };
    const child = startRunner({ folder: pipeline.folder, variables, environment }, [
      ...["--force-shell-executor", "--shell-isolation", "--no-artifacts-to-source"],
      ...["--no-json-schema-validation", job.name],
    ]);
    const ended = child.then(({ exitCode, all }) => {
      job.trace = masked.reduce((text, value) => text.replaceAll(value, "[MASKED]"), all);
      this.finish(job, pipeline, exitCode === 0);
    });
    const kill = () => {
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    };
    this.running.set(job, { kill, ended });
  }

  /** Fails a job of an environment to which whoever started it may not deploy. */
  private mayDeploy(job: Job, pipeline: Pipeline): boolean {
    const level = pipeline.project.environments.get(job.environment ?? "")?.level ?? 0;
    if (this.store.roleIn(job.user, pipeline.project) >= level) return true;
    job.failureReason = "protected_environment_failure";
    this.finish(job, pipeline, false);
    return false;
  }

  private finish(job: Job, pipeline: Pipeline, succeeded: boolean): void {
    job.status = succeeded ? "success" : "failed";
    if (!succeeded) job.failureReason ??= "script_failure";
    job.finishedAt = pipeline.updatedAt = Date.now();
    this.running.delete(job);
    this.advance();
  }
}

/** Moves created jobs on; what is skipped may let further ones be skipped. */
function settle(pipeline: Pipeline): void {
  for (const job of pipeline.jobs.filter(({ status }) => status === "created")) {
    job.status = nextStatus(job, pipeline);
    if (job.status === "skipped") settle(pipeline);
  }
}
