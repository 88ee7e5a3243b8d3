/** What a GitLab server that is played has. */
export interface GitlabSettings {
  /** Folder, empty or not there, of its repositories and of what its runner checks out. */
  readonly folder: string;
  /** Address by which it calls itself, without a slash at its end. @default the one that it listens at */
  readonly rootUrl?: string;
  /** The free tier has no protected environments. @default "premium" */
  readonly tier?: "free" | "premium";
  readonly users: readonly GitlabUser[];
  readonly groups?: readonly GitlabGroup[];
  /** Whether pushes start pipelines; an administrator may have switched that off. @default true */
  readonly ci?: boolean;
  readonly runner?: RunnerSettings;
}

export interface GitlabUser {
  readonly username: string;
  readonly tokens: readonly GitlabToken[];
}

export interface GitlabToken {
  readonly value: string;
  readonly scopes: readonly GitlabScope[];
  /** @default false */
  readonly expired?: boolean;
}

export type GitlabScope = "api" | "read_api" | "read_repository" | "write_repository";

export interface GitlabGroup {
  /** With the groups above it: `ml/churn`. */
  readonly path: string;
  /** Roles by username. */
  readonly members: Readonly<Record<string, number>>;
}

/** Levels of access. https://docs.gitlab.com/api/access_requests/#valid-access-levels */
export const roles = { reporter: 20, developer: 30, maintainer: 40, owner: 50 } as const;

/** The one runner, which has a shell and no containers. */
export interface RunnerSettings {
  /** Variables of the machine, which jobs see; nothing else of the caller's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Jobs at once. @default 1 */
  readonly concurrent?: number;
}

/** How the server behaves: `hangs` takes requests and never answers, `broken`: something in front of it answers 502 with a page. */
export type Behaviour = "normal" | "hangs" | "broken";
