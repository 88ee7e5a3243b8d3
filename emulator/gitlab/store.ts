import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { initBare } from "./git";
import type { Pipeline } from "./pipeline";
import { roles, type GitlabGroup, type GitlabSettings, type GitlabUser } from "./settings";

export interface Variable {
  readonly key: string;
  value: string;
  protected: boolean;
  masked: boolean;
  raw: boolean;
}

export interface Schedule {
  readonly id: number;
  description: string;
  ref: string;
  cron: string;
  cron_timezone: string;
  active: boolean;
  readonly owner: GitlabUser;
}

export interface ProtectedEnvironment {
  readonly name: string;
  /** Level that whoever deploys there has at least. */
  readonly level: number;
}

export interface Project {
  readonly id: number;
  /** With its groups, or its user. */
  readonly path: string;
  readonly name: string;
  readonly description: string | null;
  readonly creator: GitlabUser;
  readonly visibility: string;
  /** Folder of the bare repository. */
  readonly bare: string;
  /** The first branch that is pushed. */
  defaultBranch: string | undefined;
  readonly variables: Map<string, Variable>;
  readonly environments: Map<string, ProtectedEnvironment>;
  readonly schedules: Schedule[];
  readonly pipelines: Pipeline[];
  /** Branches with the level that whoever pushes there has at least; 0: nobody. */
  readonly protectedBranches: Map<string, number>;
}

/** What the server knows. */
export class Store {
  readonly projects: Project[] = [];
  private readonly last: Record<string, number> = {};

  constructor(readonly settings: GitlabSettings) {}

  /** Numbers of each kind of thing, from 1. */
  next(kind: string): number {
    return (this.last[kind] = (this.last[kind] ?? 0) + 1);
  }

  get groups(): readonly GitlabGroup[] {
    return this.settings.groups ?? [];
  }

  groupId = (group: GitlabGroup): number => 1000 + this.groups.indexOf(group);
  userId = (user: GitlabUser): number => 1 + this.settings.users.indexOf(user);

  add(from: Pick<Project, "path" | "name" | "description" | "creator" | "visibility">): Project {
    const id = this.next("project");
    const bare = join(this.settings.folder, "repositories", `${id}.git`);
    if (!existsSync(bare)) mkdirSync(bare, { recursive: true });
    initBare(bare);
    const project: Project = {
      ...from,
      id,
      bare,
      defaultBranch: undefined,
      variables: new Map(),
      environments: new Map(),
      schedules: [],
      pipelines: [],
      protectedBranches: new Map(),
    };
    this.projects.push(project);
    return project;
  }

  remove(project: Project): void {
    this.projects.splice(this.projects.indexOf(project), 1);
  }

  /** By number, or by its whole path, whose case does not matter. */
  project(idOrPath: string): Project | undefined {
    const wanted = idOrPath.toLowerCase();
    return this.projects.find(({ id, path }) => String(id) === wanted || path.toLowerCase() === wanted);
  }

  group(idOrPath: string): GitlabGroup | undefined {
    return this.groups.find(
      (group) =>
        String(this.groupId(group)) === idOrPath || group.path.toLowerCase() === idOrPath.toLowerCase(),
    );
  }

  /** What somebody may do in a group, by it or by one above it. @returns a level; 0: nothing */
  roleInGroup(user: GitlabUser, path: string): number {
    const levels = this.groups
      .filter((group) => path === group.path || path.startsWith(`${group.path}/`))
      .map(({ members }) => members[user.username] ?? 0);
    return Math.max(0, ...levels);
  }

  /** @returns a level; 0: the project is not to be seen */
  roleIn(user: GitlabUser, { path, creator }: Project): number {
    if (creator === user || path.startsWith(`${user.username}/`)) return roles.owner;
    return this.roleInGroup(user, path.slice(0, path.lastIndexOf("/")));
  }

  isProtected = (project: Project, branch: string): boolean => project.protectedBranches.has(branch);
}
