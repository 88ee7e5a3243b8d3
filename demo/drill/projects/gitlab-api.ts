/** https://docs.gitlab.com/api/pipelines/ */
export interface Pipeline {
  readonly id: number;
  readonly sha: string;
  /** `push`, `api`, … */
  readonly source: string;
  readonly status: string;
  readonly created_at: string;
  /** What is wrong with its file. */
  readonly yaml_errors: string | null;
}

/** https://docs.gitlab.com/api/jobs/ */
export interface Job {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly started_at: string | null;
  /** Seconds. */
  readonly duration: number | null;
  readonly failure_reason?: string;
  readonly user: { readonly username: string };
}

/** GitLab, as its REST API shows it to whom a token belongs. Each throws an Error with GitLab's answer where that is a refusal. */
export class GitlabApi {
  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Newest first. */
  pipelines = async (project: string): Promise<readonly Pipeline[]> =>
    JSON.parse(await this.ask("GET", project, "pipelines")) as readonly Pipeline[];

  /** In the order in which they were created. */
  async jobs(project: string, pipeline: number): Promise<readonly Job[]> {
    const jobs = JSON.parse(await this.ask("GET", project, `pipelines/${pipeline}/jobs`)) as readonly Job[];
    return jobs.toSorted((one, other) => one.id - other.id);
  }

  /** What a job wrote. */
  trace = (project: string, job: number): Promise<string> => this.ask("GET", project, `jobs/${job}/trace`);

  /** Starts a manual job. */
  async play(project: string, job: number): Promise<void> {
    await this.ask("POST", project, `jobs/${job}/play`);
  }

  private async ask(method: string, project: string, path: string): Promise<string> {
    const answer = await fetch(`${this.url}/api/v4/projects/${encodeURIComponent(project)}/${path}`, {
      ...{ method, headers: { "private-token": this.token } },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`GitLab answered ${answer.status} for ${path} of ${project}: ${text}`);
    return text;
  }
}
