import { git } from "./git";
import type { IdTokens } from "./id-tokens";
import type { Job, Pipeline } from "./pipeline";
import type { Store } from "./store";

/** What a pipeline's rules may ask for. https://docs.gitlab.com/ci/variables/predefined_variables/ */
export function pipelineVariables(
  { project, id, iid, ref, sha, source, user }: Omit<Pipeline, "jobs" | "stages">,
  store: Store,
  rootUrl: string,
): Readonly<Record<string, string>> {
  const message = git(project.bare, "log", "-1", "--format=%B", sha);
  const isProtected = store.isProtected(project, ref);
  const own = [...project.variables.values()].filter((each) => isProtected || !each.protected);
  return {
    GITLAB_CI: "true",
    CI_PIPELINE_ID: String(id),
    CI_PIPELINE_IID: String(iid),
    CI_PIPELINE_SOURCE: source,
    CI_PIPELINE_URL: `${rootUrl}/${project.path}/-/pipelines/${id}`,
    CI_PROJECT_ID: String(project.id),
    CI_COMMIT_MESSAGE: message,
    CI_COMMIT_TITLE: message.split("\n")[0] ?? "",
    CI_COMMIT_REF_PROTECTED: String(isProtected),
    CI_DEFAULT_BRANCH: project.defaultBranch ?? "main",
    GITLAB_USER_ID: String(store.userId(user)),
    GITLAB_USER_LOGIN: user.username,
    ...Object.fromEntries(own.map(({ key, value }) => [key, value])),
  };
}

/** Variables of one job, and the values that its log must not have. */
export function jobVariables(
  job: Job,
  pipeline: Pipeline,
  {
    store,
    idTokens,
    rootUrl,
  }: { readonly store: Store; readonly idTokens: IdTokens; readonly rootUrl: string },
): { readonly variables: Readonly<Record<string, string>>; readonly masked: readonly string[] } {
  const known: Record<string, string> = {
    ...pipelineVariables(pipeline, store, rootUrl),
    CI_SERVER_URL: rootUrl,
    CI_SERVER_HOST: new URL(rootUrl).hostname,
    // Of a manual job, who plays it.
    GITLAB_USER_ID: String(store.userId(job.user)),
    GITLAB_USER_LOGIN: job.user.username,
    CI_JOB_ID: String(job.id),
    CI_JOB_URL: `${rootUrl}/${pipeline.project.path}/-/jobs/${job.id}`,
  };
  const expand = (text: string) =>
    text.replaceAll(/\$(?:\{(\w+)\}|(\w+))/g, (_, a: string, b: string) => known[a] ?? known[b] ?? "");
  const tokens = Object.entries(job.idTokens).map(([variable, aud]): [string, string] => [
    variable,
    idTokens.sign(job, pipeline, typeof aud === "string" ? expand(aud) : aud.map(expand)),
  ]);
  const masked = [...pipeline.project.variables.values()].filter((each) => each.masked);
  return {
    variables: { ...known, ...Object.fromEntries(tokens) },
    masked: [...masked.map(({ value }) => value), ...tokens.map(([, token]) => token)],
  };
}
