import type { JenkinsJob } from "./settings";

/** Of one build: values by name, of the parameters that its job declares. */
export type Parameters = Readonly<Record<string, string>>;

export interface Build {
  readonly number: number;
  readonly job: JenkinsJob;
  readonly parameters: Parameters;
  /** Who asked for it. */
  readonly by: string;
  readonly queueId: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  /** Once it has ended. */
  result?: BuildResult;
}

export type BuildResult = "SUCCESS" | "FAILURE" | "ABORTED";

export interface QueueItem {
  readonly id: number;
  readonly job: JenkinsJob;
  readonly parameters: Parameters;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly inQueueSince: number;
  /** Once it has left the queue. */
  build?: Build;
}

/** What waits and what was built. A request that is like one that waits becomes one with it, as Jenkins folds them. */
export class Queue {
  readonly items: QueueItem[] = [];
  readonly builds: Build[] = [];
  private readonly running: Promise<void>[] = [];

  /** @returns `created`: false where an item like it waits already */
  schedule(
    job: JenkinsJob,
    parameters: Parameters,
    by: string,
  ): { readonly item: QueueItem; readonly created: boolean } {
    const waits = this.waiting(job).find((item) => isSame(item.parameters, parameters));
    if (waits) return { item: waits, created: false };
    const item: QueueItem = { id: this.items.length + 1, job, parameters, by, inQueueSince: Date.now() };
    this.items.push(item);
    if (job.held !== true) this.start(item);
    return { item, created: true };
  }

  waiting(job?: JenkinsJob): QueueItem[] {
    return this.items.filter(({ build, job: of }) => !build && (!job || of === job));
  }

  start(item: QueueItem): void {
    const { job, parameters, by, id: queueId } = item;
    const number = this.buildsOf(job).length + 1;
    const build: Build = { number, job, parameters, by, queueId, timestamp: Date.now() };
    this.builds.push(build);
    item.build = build;
    if (job.run)
      this.running.push(
        job.run(build).then(
          (result) => {
            build.result = result;
          },
          () => {
            build.result = "FAILURE";
          },
        ),
      );
  }

  /** Waits until no build runs that something is done in. */
  async ended(): Promise<void> {
    const { length } = this.running;
    await Promise.all(this.running);
    if (this.running.length > length) await this.ended();
  }

  buildsOf(job: JenkinsJob): Build[] {
    return this.builds.filter(({ job: of }) => of === job);
  }
}

const isSame = (one: Parameters, other: Parameters): boolean =>
  Object.keys({ ...one, ...other }).every((name) => one[name] === other[name]);
