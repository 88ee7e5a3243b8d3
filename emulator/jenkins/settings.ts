import type { Build, BuildResult } from "./queue";

/** What a Jenkins server that is played has. */
export interface JenkinsSettings {
  /** Address by which it calls itself, with a slash at its end. @default the one that it listens at */
  readonly rootUrl?: string;
  readonly users: readonly JenkinsUser[];
  readonly jobs: readonly JenkinsJob[];
  /** Jobs that nobody looks at with `Item.DISCOVER` answer 404, others who they are asked to be. @default false */
  readonly anonymousMayRead?: boolean;
}

export interface JenkinsUser {
  readonly id: string;
  readonly password: string;
  readonly apiToken: string;
  /** Of the permissions `Overall/Read`, `Job/Read`, `Job/Build`. */
  readonly may: readonly JenkinsPermission[];
}

export type JenkinsPermission = "Overall/Read" | "Job/Read" | "Job/Build";

export interface JenkinsJob {
  /** With its folders: `mlops/deploy`. */
  readonly name: string;
  /** Names of its string parameters; none: the job takes no parameters. */
  readonly parameters?: readonly string[];
  /** May change while the server runs. */
  disabled?: boolean;
  /** The job's own token, with which anybody may build it by any method. */
  readonly authenticationToken?: string;
  /** Whether what is queued waits until `startQueued`. */
  readonly held?: boolean;
  /** What its builds do, one beside another. @default nothing, and they stay running */
  readonly run?: (build: Build) => Promise<BuildResult>;
}

/**
 * How the server behaves. `slow` does what it is asked and answers too late, `drops` does what it is posted and ends the connection;
 * `refuses`: its queue takes nothing; `page`: something in front of it answers with a page of its own.
 */
export type Behaviour = "normal" | "slow" | "drops" | "refuses" | "page";
