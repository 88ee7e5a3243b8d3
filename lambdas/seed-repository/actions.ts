import type { AwsCredentials } from "./aws-git-credentials";
import { placeOfConnection } from "./connection";
import { GitServer, type GitPlace } from "./git-server";
import { GitlabApi } from "./gitlab/api";
import { deleteProject, ensureProject, type GitlabProject } from "./gitlab/project";
import { ensureProtectedEnvironments, ensureSchedule, ensureVariables } from "./gitlab/settings";
import { Objects } from "./objects";
import type { Actions, Data } from "./perform";
import type { SeedRequest } from "./properties";
import type { Redaction } from "./redaction";
import { readSeed, type Seed } from "./seed";
import { offerSeed, seedBranch, type Seeding } from "./seed-branch";

/** Where the function finds what it needs. */
export interface Surroundings {
  /** ARN of the connection to GitHub. */
  readonly connection: () => string;
  /** Address of GitLab, without a slash at its end. */
  readonly gitlabUrl: () => string;
  readonly gitlabToken: () => Promise<string>;
  readonly credentials: () => Promise<AwsCredentials>;
  readonly archive: (key: string, version: string) => Promise<Uint8Array>;
  readonly redaction: Redaction;
}

type Put = (seeding: Seeding) => Promise<string>;

/** Seeds repositories on GitHub by Git alone, and on GitLab by its API and Git. */
export class Seeder implements Actions {
  constructor(private readonly around: Surroundings) {}

  create(request: SeedRequest): Promise<Data> {
    return this.put(request, seedBranch);
  }

  renew(request: SeedRequest): Promise<Data> {
    const { templateVersion } = request.project;
    if (!templateVersion) throw new Error("Project must have templateVersion");
    return this.put(request, (seeding) => offerSeed(seeding, `seed/${templateVersion}`));
  }

  keep(request: SeedRequest): Promise<Data> {
    return this.put(request, async ({ server, repository, branch }) => {
      const commit = await server.tipOf(branch);
      if (commit === undefined) throw new Error(`${repository}: the branch ${branch} is gone`);
      return commit;
    });
  }

  async remove(request: SeedRequest): Promise<string> {
    return deleteProject(await this.gitlab(), request);
  }

  /** The seed first: without it, nothing is made. */
  private async put(request: SeedRequest, put: Put): Promise<Data> {
    const { key, version } = request.seed;
    const seed = await readSeed(await this.around.archive(key, version), request.project, key);
    return request.host === "github" ? this.onGithub(request, seed, put) : this.onGitlab(request, seed, put);
  }

  private async onGithub(request: SeedRequest, seed: Seed, put: Put): Promise<Data> {
    const credentials = await this.around.credentials();
    const place = placeOfConnection(this.around.connection(), request.repository, credentials, new Date());
    return this.pushed(request, seed, put, place);
  }

  private async onGitlab(request: SeedRequest, seed: Seed, put: Put): Promise<Data> {
    const api = await this.gitlab();
    const made = await ensureProject(api, request);
    try {
      return await this.completed(request, seed, put, { api, ...made });
    } catch (error) {
      if (!made.isEmpty) throw error;
      const { message } = error as Error;
      throw new Error(`${message}; ${made.path} stands on GitLab, unfinished`, { cause: error });
    }
  }

  private async completed(
    request: SeedRequest,
    seed: Seed,
    put: Put,
    { api, id, path }: GitlabProject & { readonly api: GitlabApi },
  ): Promise<Data> {
    await ensureVariables(api, id, request.gitlab);
    const unprotected = await ensureProtectedEnvironments(api, id, request.gitlab);
    const place: GitPlace = {
      url: `${this.around.gitlabUrl()}/${path}.git`,
      name: path,
      credentials: { username: "oauth2", password: await this.around.gitlabToken() },
      meanings: {
        401: "the token may not use Git: it needs the scope write_repository or api",
        403: "the token may not push: it needs the role Maintainer",
        404: "there is no such repository, or the token may not see it",
      },
    };
    const data = await this.pushed(request, seed, put, place);
    await ensureSchedule(api, id, request.branch, request.gitlab);
    return { ...data, Repository: path, NotProtected: unprotected.join(",") };
  }

  private async pushed(request: SeedRequest, seed: Seed, put: Put, place: GitPlace): Promise<Data> {
    const { repository, branch, project, skipCi } = request;
    this.around.redaction.add(place.credentials.password, place.credentials.username.split("%")[1]);
    const server = new GitServer(place);
    const commit = await Objects.within((objects) =>
      put({ server, objects, seed, repository, branch, project, skipCi }),
    );
    return { CloneUrl: place.url, Commit: commit, Repository: repository };
  }

  private async gitlab(): Promise<GitlabApi> {
    return new GitlabApi(this.around.gitlabUrl(), await this.around.gitlabToken());
  }
}
