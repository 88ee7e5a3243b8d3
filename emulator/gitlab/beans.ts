import { pipelineStatus, type Job, type Pipeline } from "./pipeline";
import type { GitlabGroup, GitlabUser } from "./settings";
import type { Project, Schedule, Store } from "./store";

/** What GitLab's API exports of things, by the names that it uses. */
export class Beans {
  constructor(
    private readonly store: Store,
    private readonly rootUrl: () => string,
  ) {}

  user = (user: GitlabUser) => ({
    id: this.store.userId(user),
    username: user.username,
    name: user.username,
    state: "active",
    web_url: `${this.rootUrl()}/${user.username}`,
  });

  group = (group: GitlabGroup) => ({
    id: this.store.groupId(group),
    name: group.path.split("/").at(-1),
    path: group.path.split("/").at(-1),
    full_path: group.path,
    visibility: "private",
    web_url: `${this.rootUrl()}/groups/${group.path}`,
  });

  project = ({ id, path, name, description, visibility, defaultBranch, creator }: Project) => ({
    id,
    name,
    path: path.split("/").at(-1),
    path_with_namespace: path,
    description,
    visibility,
    default_branch: defaultBranch ?? null,
    empty_repo: defaultBranch === undefined,
    creator_id: this.store.userId(creator),
    http_url_to_repo: `${this.rootUrl()}/${path}.git`,
    web_url: `${this.rootUrl()}/${path}`,
  });

  schedule = ({ owner, ...schedule }: Schedule) => ({ ...schedule, owner: this.user(owner) });

  pipeline = (pipeline: Pipeline) => {
    const { id, iid, project, ref, sha, source, createdAt, updatedAt, error, user } = pipeline;
    return {
      ...{ id, iid, sha, ref, source },
      project_id: project.id,
      status: pipelineStatus(pipeline),
      created_at: timeOf(createdAt),
      updated_at: timeOf(updatedAt),
      yaml_errors: error ?? null,
      tag: false,
      user: this.user(user),
      web_url: `${this.rootUrl()}/${project.path}/-/pipelines/${id}`,
    };
  };

  job = (job: Job, pipeline: Pipeline) => {
    const { id, name, stage, status, allowFailure, startedAt, finishedAt, failureReason, user } = job;
    return {
      ...{ id, name, stage, status },
      ref: pipeline.ref,
      tag: false,
      allow_failure: allowFailure,
      created_at: timeOf(pipeline.createdAt),
      started_at: timeOf(startedAt),
      finished_at: timeOf(finishedAt),
      duration: startedAt !== undefined && finishedAt !== undefined ? (finishedAt - startedAt) / 1000 : null,
      ...(failureReason !== undefined && { failure_reason: failureReason }),
      user: this.user(user),
      commit: { id: pipeline.sha },
      pipeline: { id: pipeline.id, project_id: pipeline.project.id, ref: pipeline.ref, sha: pipeline.sha },
      web_url: `${this.rootUrl()}/${pipeline.project.path}/-/jobs/${id}`,
    };
  };
}

const timeOf = (moment: number | undefined): string | null =>
  moment === undefined ? null : new Date(moment).toISOString();
