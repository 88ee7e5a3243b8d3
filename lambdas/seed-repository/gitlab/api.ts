import { networkFailure } from "../network-failure";

/** What GitLab answered. */
export interface GitlabAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Milliseconds that one request may take. */
const timeout = 20_000;

const meanings: Readonly<Record<number, string>> = {
  301: "it is not at this address",
  302: "it is not at this address",
  401: "it does not know the token, or the token has expired or was revoked",
  403: "the token may not do this: it needs the scope api and the role Maintainer",
  404: "there is no such thing, or the token may not see it",
  429: "it takes no more requests for now",
};

/** GitLab's REST API. https://docs.gitlab.com/api/rest/ */
export class GitlabApi {
  constructor(
    /** Of the server, without a slash at its end. */
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** @throws Error where the answer's status is none of those expected, saying what GitLab said */
  async ask(
    method: "GET" | "POST" | "PUT" | "DELETE",
    path: string,
    expected: readonly number[],
    body?: object,
  ): Promise<GitlabAnswer> {
    const answer = await this.send(method, path, body);
    if (expected.includes(answer.status)) return answer;
    throw new Error(this.explain(`${method} ${path}`, answer));
  }

  /** All items of a list, page by page. */
  async list(path: string): Promise<readonly unknown[]> {
    const items: unknown[] = [];
    for (let page = 1; ; page += 1) {
      const { body } = await this.ask("GET", `${path}?per_page=100&page=${page}`, [200]);
      if (!Array.isArray(body)) throw new Error(`GitLab: GET ${path} must be a list`);
      items.push(...(body as readonly unknown[]));
      if (body.length < 100) return items;
    }
  }

  explain(what: string, { status, body }: GitlabAnswer): string {
    const { message, error } = (body ?? {}) as Readonly<Record<string, unknown>>;
    const said = [message, error].filter((each) => each !== undefined).map((each) => text(each));
    const meaning = meanings[status] ?? (status >= 500 ? "its own fault" : "");
    const details = [meaning, ...said].filter((each) => each !== "").join("; ");
    return `GitLab at ${this.url} answered ${status} to ${what}${details === "" ? "" : `: ${details}`}`;
  }

  private async send(method: string, path: string, body: object | undefined): Promise<GitlabAnswer> {
    const url = `${this.url}/api/v4${path}`;
    try {
      const response = await fetch(url, {
        method,
        headers: { "private-token": this.token, "content-type": "application/json" },
        redirect: "manual",
        signal: AbortSignal.timeout(timeout),
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: parsed(await response.text()) };
    } catch (error) {
      throw new Error(`GitLab: ${networkFailure(error, url) ?? (error as Error).message}`, { cause: error });
    }
  }
}

const text = (said: unknown): string => (typeof said === "string" ? said : JSON.stringify(said));

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
