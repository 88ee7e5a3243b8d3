import type { IncomingMessage } from "node:http";
import type { Access, Caller } from "./access";
import { Refusal } from "./refusal";

/** One answer of the server. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; text as it is. */
  readonly bean?: unknown;
}

export interface Asked {
  readonly caller: Caller;
  /** Of the path, decoded, in their order. */
  readonly names: readonly string[];
  readonly query: URLSearchParams;
  /** Of JSON, or of a form. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** One call that the server knows; lists are paged by the server. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** With `:` for each name: `/projects/:/variables/:`. */
  readonly path: string;
  readonly answer: (asked: Asked) => Answer | Promise<Answer>;
}

/** GitLab's REST API, version 4, as far as routes say. */
export class Api {
  private readonly routes: readonly (Route & { readonly pattern: RegExp })[];

  constructor(
    private readonly access: Access,
    routes: readonly Route[],
  ) {
    this.routes = routes.map((route) => ({
      ...route,
      pattern: new RegExp(`^/api/v4${route.path.replaceAll(":", "([^/]+)")}$`),
    }));
  }

  /** @throws Refusal */
  async answer(request: IncomingMessage, url: URL, text: string): Promise<Answer> {
    const caller = this.access.callerOf(request);
    const known = this.routes.filter(({ pattern }) => pattern.test(url.pathname));
    const route = known.find(({ method }) => method === request.method);
    if (!route) {
      if (known.length > 0) throw new Refusal(405, { error: "405 Not Allowed" });
      throw new Refusal(404, { error: "404 Not Found" });
    }
    const [, ...names] = route.pattern.exec(url.pathname) ?? [];
    const body = bodyOf(request, text);
    const answer = await route.answer({
      caller,
      names: names.map(decodeURIComponent),
      query: url.searchParams,
      body,
    });
    return Array.isArray(answer.bean) ? page(answer.bean as readonly unknown[], url) : answer;
  }
}

function bodyOf({ headers }: IncomingMessage, text: string): Readonly<Record<string, unknown>> {
  if (text === "") return {};
  const type = headers["content-type"] ?? "";
  if (type.startsWith("application/x-www-form-urlencoded"))
    return Object.fromEntries(new URLSearchParams(text));
  if (!type.startsWith("application/json"))
    throw new Refusal(415, { error: `The provided content-type '${type}' is not supported.` });
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    throw new Refusal(400, { error: "400 Bad request - Invalid JSON" });
  }
}

/** https://docs.gitlab.com/api/rest/#pagination */
function page(all: readonly unknown[], url: URL): Answer {
  const numberOf = (name: string, otherwise: number) =>
    Math.max(1, Number(url.searchParams.get(name) ?? otherwise));
  const [size, at] = [Math.min(100, numberOf("per_page", 20)), numberOf("page", 1)];
  const pages = Math.max(1, Math.ceil(all.length / size));
  const near = (other: number) => (other >= 1 && other <= pages ? String(other) : "");
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams([...url.searchParams]);
    query.set("page", String(to));
    query.set("per_page", String(size));
    return `<${url.origin}${url.pathname}?${query.toString()}>; rel="${rel}"`;
  };
  return {
    status: 200,
    headers: {
      link: [...(at < pages ? [link(at + 1, "next")] : []), link(1, "first"), link(pages, "last")].join(", "),
      "x-total": String(all.length),
      "x-total-pages": String(pages),
      "x-per-page": String(size),
      "x-page": String(at),
      "x-next-page": near(at + 1),
      "x-prev-page": near(at - 1),
    },
    bean: all.slice((at - 1) * size, at * size),
  };
}

/** A text that a call cannot do without. @throws Refusal 400 */
export function required(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = body[name];
  if (typeof value === "string" && value !== "") return value;
  throw new Refusal(400, { error: `${name} is ${value === "" ? "empty" : "missing"}` });
}
