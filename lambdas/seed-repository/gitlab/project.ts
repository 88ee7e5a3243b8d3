import type { SeedRequest } from "../properties";
import type { GitlabApi } from "./api";

export interface GitlabProject {
  readonly id: number;
  /** With its groups. */
  readonly path: string;
  /** Whether there is nothing in its repository. */
  readonly isEmpty: boolean;
}

interface Found {
  readonly id: number;
  readonly path_with_namespace: string;
  readonly description: string | null;
  readonly empty_repo: boolean;
}

/**
 * The project on GitLab, made where it is not there. One that is there is taken where it was made for a project of the same name in the same
 * account and region; its description says so.
 * @throws Error where the name is taken, or the group is not there
 */
export async function ensureProject(api: GitlabApi, request: SeedRequest): Promise<GitlabProject> {
  const path = await pathOf(api, request.repository);
  const there = await findProject(api, path);
  if (there) return owned(there, request);
  const group = await groupOf(api, request.repository);
  const name = path.split("/").at(-1) ?? "";
  const answer = await api.ask("POST", "/projects", [201, 400], {
    name,
    path: name,
    ...(group && { namespace_id: group.id }),
    description: markOf(request),
    visibility: "private",
  });
  if (answer.status === 201) return projectOf(answer.body as Found);
  const meanwhile = await findProject(api, path);
  if (meanwhile) return owned(meanwhile, request);
  throw new Error(api.explain(`POST /projects for ${path}`, answer));
}

/** Deletes the project where it was made for this one. @returns what was done, in a line */
export async function deleteProject(api: GitlabApi, request: SeedRequest): Promise<string> {
  const path = await pathOf(api, request.repository);
  const there = await findProject(api, path);
  if (!there) return `${path} is gone`;
  if (there.description !== markOf(request)) return `${path} stays: it was not made for this project`;
  await api.ask("DELETE", `/projects/${there.id}`, [202, 204, 404]);
  return `${path} is deleted`;
}

/** Says on GitLab whose project it is. */
const markOf = ({ project }: SeedRequest): string =>
  `Repository of SageMaker project ${project.projectName ?? ""} (${project.account ?? ""}, ${project.region ?? ""})`;

function owned(found: Found, request: SeedRequest): GitlabProject {
  if (found.description === markOf(request)) return projectOf(found);
  throw new Error(
    `${found.path_with_namespace}: the name is taken on GitLab, by a project whose description is not "${markOf(request)}"`,
  );
}

const projectOf = ({ id, path_with_namespace: path, empty_repo: isEmpty }: Found): GitlabProject => ({
  ...{ id, path, isEmpty },
});

/** A project by its whole path; never by a search. */
async function findProject(api: GitlabApi, path: string): Promise<Found | undefined> {
  const { status, body } = await api.ask("GET", `/projects/${encodeURIComponent(path)}`, [200, 404]);
  const found = body as Found;
  return status === 200 && found.path_with_namespace.toLowerCase() === path.toLowerCase() ? found : undefined;
}

/** Without a group it is the token's own user's. */
async function pathOf(api: GitlabApi, repository: string): Promise<string> {
  if (repository.includes("/")) return repository;
  const { username } = (await api.ask("GET", "/user", [200])).body as { readonly username: string };
  return `${username}/${repository}`;
}

async function groupOf(api: GitlabApi, repository: string): Promise<{ readonly id: number } | undefined> {
  if (!repository.includes("/")) return undefined;
  const path = repository.slice(0, repository.lastIndexOf("/"));
  const { status, body } = await api.ask("GET", `/groups/${encodeURIComponent(path)}`, [200, 404]);
  if (status === 200) return body as { readonly id: number };
  throw new Error(`${path}: GitLab has no such group, or the token may not see it`);
}
