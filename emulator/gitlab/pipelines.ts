import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CiFileError, hasCiFile, readCiFile } from "./ci-file";
import { branchesOf, git } from "./git";
import type { Job, Pipeline, PipelineSource } from "./pipeline";
import type { Runner } from "./runner";
import type { GitlabUser } from "./settings";
import type { Project, Store } from "./store";
import { pipelineVariables } from "./variables";

/** What a pipeline is asked for with. */
export interface PipelineRequest {
  readonly ref: string;
  /** @default the branch's last */
  readonly commit?: string;
  readonly source: PipelineSource;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly user: GitlabUser;
}

/** Makes pipelines of projects' files, and gives them to the runner. */
export class Pipelines {
  constructor(
    private readonly store: Store,
    private readonly runner: Runner,
    private readonly rootUrl: () => string,
  ) {}

  /** @throws CiFileError where GitLab would start none */
  async create(project: Project, request: PipelineRequest): Promise<Pipeline> {
    const started = this.checkedOut(project, request);
    if (!hasCiFile(started.folder)) throw new CiFileError("Missing CI config file");
    const { stages, jobs } = await readCiFile(this.call(started), request.inputs ?? {});
    return this.add({ ...started, stages, jobs: jobs.map((job) => this.job(job, request.user)) });
  }

  /** What a push starts: nothing without CI or a file; where the commit says so, or the file is no good, a pipeline that says as much. */
  async push(project: Project, ref: string, commit: string, user: GitlabUser): Promise<Pipeline | undefined> {
    if (this.store.settings.ci === false) return undefined;
    const started = this.checkedOut(project, { ref, commit, source: "push", user });
    if (!hasCiFile(started.folder)) return undefined;
    const message = git(project.bare, "log", "-1", "--format=%B", started.sha);
    const isSkipped = /\[(?:ci skip|skip ci)\]/i.test(message);
    try {
      const { stages, jobs } = await readCiFile(this.call(started), {});
      const created = jobs.map((job) => this.job(job, user));
      if (isSkipped) for (const job of created) job.status = "skipped";
      return this.add({ ...started, stages, jobs: created });
    } catch (error) {
      if (!(error instanceof CiFileError)) throw error;
      return this.add({ ...started, stages: [], jobs: [], error: error.message });
    }
  }

  private job(definition: Omit<Job, "id" | "status" | "trace" | "user">, user: GitlabUser): Job {
    return { ...definition, id: this.store.next("job"), status: "created", trace: "", user };
  }

  private add(pipeline: Pipeline): Pipeline {
    pipeline.project.pipelines.push(pipeline);
    this.runner.take(pipeline);
    return pipeline;
  }

  private call(started: Omit<Pipeline, "jobs" | "stages">) {
    return {
      folder: started.folder,
      variables: pipelineVariables(started, this.store, this.rootUrl()),
      environment: { PATH: process.env.PATH ?? "", ...this.store.settings.runner?.environment },
    };
  }

  /** A fresh clone, which the runner takes for one of this server. */
  private checkedOut(project: Project, { ref, commit, source, inputs = {}, user }: PipelineRequest) {
    const sha = commit ?? branchesOf(project.bare).get(ref);
    if (sha === undefined) throw new CiFileError("Reference not found");
    const id = this.store.next("pipeline");
    const folder = join(this.store.settings.folder, "builds", String(id));
    mkdirSync(folder, { recursive: true });
    git(folder, "clone", "--quiet", "--branch", ref, project.bare, ".");
    git(folder, "reset", "--quiet", "--hard", sha);
    git(folder, "remote", "set-url", "origin", `${this.rootUrl()}/${project.path}.git`);
    git(folder, "config", "user.name", user.username);
    git(folder, "config", "user.email", `${user.username}@gitlab.invalid`);
    writeFileSync(join(folder, ".git/info/exclude"), ".gitlab-ci-entry.yml\n.gitlab-ci-local\n");
    const iid = project.pipelines.length + 1;
    const now = Date.now();
    return { id, iid, project, ref, sha, source, inputs, user, folder, createdAt: now, updatedAt: now };
  }
}
