import type { GitlabSettings } from "./gitlab";
import type { JenkinsSettings } from "./jenkins";

/** Servers by the function's variable `CI`. One without a job or project builds what the event's `release` names. */
export interface CiSettings {
  readonly jenkins?: Partial<JenkinsSettings> & Server;
  readonly gitlab?: Partial<GitlabSettings> & Server;
}

interface Server {
  readonly url: string;
  /** Name or ARN of the secret for it. @default that of the variable `SECRET` */
  readonly secret?: string;
}

/** What a rule writes beside an event's `detail`: the job or project that belongs to the rule. */
export interface NamedRelease {
  readonly jenkins?: { readonly job: string };
  readonly gitlab?: { readonly project: string; readonly ref: string };
}

/** Where the build of an approved version is asked for. */
export type Target = { readonly secret?: string } & (
  { readonly jenkins: JenkinsSettings } | { readonly gitlab: GitlabSettings }
);

/**
 * The job or project that the function's settings name, or else the event. No event changes what settings name, and none names a server.
 * @throws Error that says what is missing, or what is no name
 */
export function targetOf(settings: CiSettings, named: NamedRelease | undefined): Target {
  if (!named) return ofSettings(settings);
  const [kind, ...others] = Object.keys(named);
  if ((kind !== "jenkins" && kind !== "gitlab") || others.length > 0)
    throw new Error(
      `release must name one job of jenkins, or one project of gitlab, got: ${JSON.stringify(named)}`,
    );
  const server = settings[kind];
  if (!server) throw new Error(`release names ${kind}, and the variable CI has no server of it`);
  if ("job" in server || "project" in server)
    throw new Error(`release must not name what the variable CI names, got: ${JSON.stringify(named)}`);
  const { url, secret } = server;
  const of = secret === undefined ? {} : { secret };
  if (kind === "jenkins") return { ...of, jenkins: { url, job: check("job", named.jenkins?.job) } };
  const project = check("project", named.gitlab?.project);
  return { ...of, gitlab: { url, project, ref: check("ref", named.gitlab?.ref) } };
}

function ofSettings({ jenkins, gitlab }: CiSettings): Target {
  if (jenkins?.job !== undefined) {
    const { secret, ...server } = jenkins;
    return { ...(secret !== undefined && { secret }), jenkins: server as JenkinsSettings };
  }
  if (gitlab?.project !== undefined && gitlab.ref !== undefined) {
    const { secret, ...server } = gitlab;
    return { ...(secret !== undefined && { secret }), gitlab: server as GitlabSettings };
  }
  throw new Error(
    jenkins || gitlab
      ? "The event must have a release that names a job or a project"
      : "The variable CI must name a Jenkins or a GitLab",
  );
}

/** Parts between slashes that are no way up, or to another query: `team/churn-p-1/deploy`. */
const path = /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_. -]*(?:\/[A-Za-z0-9_][A-Za-z0-9_. -]*)*$/;

function check(what: string, name: unknown): string {
  if (typeof name === "string" && name.length <= 1024 && path.test(name)) return name;
  throw new Error(`release must have a ${what} of letters, digits, ._- and slashes, got: ${String(name)}`);
}
