import type { GitlabWishes } from "../properties";
import type { GitlabApi } from "./api";

/** What GitLab masks in the logs of jobs. https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable */
const maskable = /^[A-Za-z0-9+/=@:.~_-]{8,}$/;

/** Variables of the project's jobs on protected branches, as they are wished. */
export async function ensureVariables(api: GitlabApi, project: number, wished: GitlabWishes): Promise<void> {
  for (const [key, value] of Object.entries(wished.variables)) {
    const path = `/projects/${project}/variables/${key}`;
    const settings = { value, protected: true, masked: maskable.test(value), raw: true };
    const { status, body } = await api.ask("GET", path, [200, 404]);
    if (status === 404) await api.ask("POST", `/projects/${project}/variables`, [201], { key, ...settings });
    else if (!isLike(body, settings)) await api.ask("PUT", path, [200], settings);
  }
}

/** Role Maintainer. https://docs.gitlab.com/api/protected_environments/ */
const maintainer = 40;

/**
 * Environments to which only maintainers deploy.
 * @returns those that GitLab cannot protect: its free tier has no such thing
 */
export async function ensureProtectedEnvironments(
  api: GitlabApi,
  project: number,
  { protectedEnvironments }: GitlabWishes,
): Promise<readonly string[]> {
  const path = `/projects/${project}/protected_environments`;
  const unprotected: string[] = [];
  for (const name of protectedEnvironments) {
    const { status } = await api.ask("GET", `${path}/${encodeURIComponent(name)}`, [200, 404]);
    if (status === 200) continue;
    const levels = [{ access_level: maintainer }];
    const made = await api.ask("POST", path, [201, 404, 409], { name, deploy_access_levels: levels });
    if (made.status === 404) unprotected.push(name);
  }
  return unprotected;
}

/** A pipeline that runs by the clock, in UTC. There is one of a description. */
export async function ensureSchedule(
  api: GitlabApi,
  project: number,
  branch: string,
  { schedule }: GitlabWishes,
): Promise<void> {
  if (!schedule) return;
  const { cron, description } = schedule;
  const path = `/projects/${project}/pipeline_schedules`;
  const settings = { ref: `refs/heads/${branch}`, cron, cron_timezone: "UTC", description };
  const all = (await api.list(path)) as readonly { readonly id: number; readonly description: string }[];
  const there = all.find((each) => each.description === description);
  if (!there) await api.ask("POST", path, [201], { ...settings, active: true });
  else if (!isLike(there, { cron, ref: settings.ref }))
    await api.ask("PUT", `${path}/${there.id}`, [200], settings);
}

const isLike = (body: unknown, wished: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(wished).every(([key, value]) => (body as Readonly<Record<string, unknown>>)[key] === value);
