import { ask, refusedBy } from "./ask";
import { byAnyClock, type CiServer } from "./ci-server";
import { textIn } from "./secret";

export interface GitlabSettings {
  /** Of the server, without a slash at its end. */
  readonly url: string;
  /** Its id, or its path with groups. */
  readonly project: string;
  /** Branch or tag whose pipeline runs. */
  readonly ref: string;
}

/** The pipeline's input that gets the version's ARN. */
const input = "model_package_arn";

/** Milliseconds: GitLab reads and expands the file, with all that it includes, before it answers. */
const longestStart = 30_000;

const meanings: Readonly<Record<number, string>> = {
  200: "a page of something before it",
  302: "it is not at this address",
  400: `it takes no such pipeline: no such branch, or no input ${input} in .gitlab-ci.yml`,
  401: "it does not know the token, or the token has expired",
  403: "the token may not start pipelines: it needs the scope api and the role Developer",
  404: "there is no such project, or the token may not see it",
};

/**
 * GitLab's API, with a project's access token. The version is an input of the pipeline: variables are refused to whoever starts a pipeline
 * unless the project says otherwise. https://docs.gitlab.com/api/pipelines/#create-a-new-pipeline
 * @param secret JSON with `token`
 */
export function gitlab({ url, project, ref }: GitlabSettings, secret: string): CiServer {
  const headers = { "private-token": textIn(secret, "token"), "content-type": "application/json" };
  const path = `${url}/api/v4/projects/${encodeURIComponent(project)}`;
  return {
    start: async (version) => {
      const body = JSON.stringify({ ref, inputs: { [input]: version } });
      const answer = await ask(`${path}/pipeline`, { method: "POST", headers, body }, longestStart);
      const { web_url: place } = (answer.body ?? {}) as { readonly web_url?: unknown };
      if (answer.status !== 201) refusedBy(answer, "GitLab", meanings);
      if (typeof place !== "string") throw new Error("GitLab answered 201 without a pipeline");
      return place;
    },
    find: async (version, since) => {
      const query = new URLSearchParams({
        ref,
        source: "api",
        updated_after: byAnyClock(since).toISOString(),
      });
      const answer = await ask(`${path}/pipelines?${query.toString()}`, { headers });
      if (answer.status !== 200 || !Array.isArray(answer.body)) refusedBy(answer, "GitLab", meanings);
      // It tells nobody what the inputs of a pipeline were.
      const [started] = answer.body as readonly { readonly web_url: string }[];
      if (!started) return undefined;
      throw new Error(
        `GitLab may have started ${version} already: see whether ${started.web_url} is its pipeline`,
      );
    },
  };
}
