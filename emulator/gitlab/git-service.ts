import type { IncomingMessage, ServerResponse } from "node:http";
import type { Access } from "./access";
import { answerGit, branchesOf } from "./git";
import type { Pipelines } from "./pipelines";
import { notFound, refusal } from "./refusal";
import { roles, type GitlabUser } from "./settings";
import type { Project, Store } from "./store";

const paths = /^\/(.+)\.git(\/(?:info\/refs|git-upload-pack|git-receive-pack))$/;

/** Repositories over HTTP, and what a push sets off. */
export class GitService {
  private following: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly access: Access,
    private readonly pipelines: Pipelines,
  ) {}

  serves = ({ pathname }: URL): boolean => paths.test(pathname);

  /** Until each push has had its pipelines. */
  async settled(): Promise<void> {
    await this.following;
  }

  /** @throws Refusal */
  async answer(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, path = "", rest = ""] = paths.exec(url.pathname) ?? [];
    const writes = rest.endsWith("receive-pack") || url.searchParams.get("service") === "git-receive-pack";
    const user = this.access.gitCallerOf(request, writes);
    const project = this.store.project(decodeURIComponent(path));
    const role = project ? this.store.roleIn(user, project) : 0;
    if (!project || role === 0) throw notFound("Project");
    if (writes && role < roles.developer)
      throw refusal(403, "You are not allowed to push code to this project.");
    const refused = [...project.protectedBranches]
      .filter(([, level]) => level === 0 || role < level)
      .map(([branch]) => `refs/heads/${branch}`);
    const before = branchesOf(project.bare);
    const query = url.search.slice(1);
    await answerGit({ bare: project.bare, rest, query, user: user.username, refused }, request, response);
    if (rest.endsWith("receive-pack")) this.follow(project, before, user);
  }

  /** The first branch becomes the default one, and protected; each that has changed starts a pipeline. */
  private follow(project: Project, before: ReadonlyMap<string, string>, user: GitlabUser): void {
    const after = branchesOf(project.bare);
    const changed = [...after].filter(([branch, commit]) => before.get(branch) !== commit);
    const [first] = changed;
    if (project.defaultBranch === undefined && first) {
      project.defaultBranch = first[0];
      project.protectedBranches.set(first[0], roles.maintainer);
    }
    for (const [branch, commit] of changed)
      this.following = this.following.then(() => this.pipelines.push(project, branch, commit, user));
    this.following.catch(() => undefined); // `settled` tells
  }
}
