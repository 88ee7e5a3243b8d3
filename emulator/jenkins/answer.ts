import type { IncomingMessage } from "node:http";
import type { Access, Caller } from "./access";
import { buildBean, folderBean, itemBean, jobBean } from "./beans";
import type { Queue } from "./queue";
import { Refusal } from "./refusal";
import type { Behaviour, JenkinsJob, JenkinsSettings } from "./settings";
import { pruned } from "./tree";

/** One answer of the server. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly bean?: unknown;
}

export interface Asked {
  readonly request: IncomingMessage;
  /** The body, of a form. */
  readonly form: URLSearchParams;
  readonly root: string;
  readonly behaviour: Behaviour;
}

/** Jenkins' remote API, as far as whoever starts builds and follows them uses it. */
export class Api {
  constructor(
    private readonly settings: JenkinsSettings,
    private readonly access: Access,
    private readonly queue: Queue,
  ) {}

  /** @throws Refusal */
  answer(asked: Asked): Answer {
    const { request, root } = asked;
    const url = new URL(request.url ?? "/", root);
    const caller = this.access.callerOf(request);
    const at = this.placeOf(url.pathname, caller);
    if (at.job && at.rest === "buildWithParameters") return this.build(at.job, caller, { ...asked, url });
    this.access.requireCrumb(caller, request);
    const bean = this.beanAt(url, caller, { ...asked, at });
    if (bean === undefined) throw new Refusal(404, `Not Found: ${url.pathname}`);
    if ("status" in bean) return bean as Answer;
    const tree = url.searchParams.get("tree");
    return { status: 200, bean: tree === null ? bean : pruned(bean, tree) };
  }

  private beanAt(
    { pathname }: URL,
    caller: Caller,
    { root, at }: Asked & { readonly at: Place },
  ): object | undefined {
    this.access.require(caller, "Overall/Read");
    if (pathname === "/") return { status: 200 };
    if (pathname === "/crumbIssuer/api/json") return this.crumb();
    if (pathname === "/me/api/json" && caller.user)
      return { _class: "hudson.model.User", id: caller.user.id, fullName: caller.user.id };
    if (pathname === "/queue/api/json")
      return { items: this.queue.waiting().map((item) => itemBean(item, root)) };
    const [, id] = /^\/queue\/item\/(\d+)\/api\/json$/.exec(pathname) ?? [];
    const item = this.queue.items.find((each) => each.id === Number(id));
    if (item) return itemBean(item, root);
    const { name, job, rest } = at;
    if (!job) return rest === "api/json" ? folderBean(name, this.readable(caller), root) : undefined;
    if (rest === "api/json") return jobBean(job, this.queue, root);
    const [, number] = /^(\d+)\/api\/json$/.exec(rest) ?? [];
    const build = this.queue.buildsOf(job).find((each) => each.number === Number(number));
    return build && buildBean(build, root);
  }

  private crumb(): Answer {
    const { crumb, cookie } = this.access.issue();
    return {
      status: 200,
      headers: { "Set-Cookie": cookie },
      bean: { _class: "hudson.security.csrf.DefaultCrumbIssuer", crumb, crumbRequestField: "Jenkins-Crumb" },
    };
  }

  private readable(caller: Caller): readonly JenkinsJob[] {
    return this.access.may(caller, "Job/Read") ? this.settings.jobs : [];
  }

  /** A job that the caller may not read is as one that is not there. @throws Refusal for whoever has not signed in */
  private placeOf(pathname: string, caller: Caller): Place {
    const [, path = "", rest = ""] = /^\/((?:job\/[^/]+\/)*)(.*)$/.exec(pathname) ?? [];
    if (path !== "" && !caller.user) this.access.require(caller, "Overall/Read");
    const name = path
      .split("/")
      .filter((_part, at) => at % 2 === 1)
      .map(decodeURIComponent)
      .join("/");
    return { name, job: this.readable(caller).find((each) => each.name === name), rest };
  }

  /**
   * Of `ParameterizedJobMixIn.doBuildWithParameters`, `BuildAuthorizationToken.checkPermission` and
   * `ParametersDefinitionProperty.buildWithParameters`, in their order.
   */
  private build(
    job: JenkinsJob,
    caller: Caller,
    { request, form, url, root, behaviour }: Asked & { url: URL },
  ): Answer {
    const given = (name: string) => form.get(name) ?? url.searchParams.get(name);
    this.access.requireCrumb(caller, request);
    this.checkToken(job, caller, request, given("token"));
    if (job.disabled === true) throw new Refusal(409, `${job.name} is not buildable`);
    if (!job.parameters)
      throw new Refusal(500, "java.lang.IllegalStateException: This build is not parameterized!");
    if (behaviour === "refuses")
      return { status: 302, headers: { Location: `${root}${url.pathname.slice(1)}`.replace(/[^/]+$/, "") } };
    // What a job does not declare is dropped (SECURITY-170).
    const parameters = Object.fromEntries(job.parameters.map((name) => [name, given(name) ?? ""]));
    const { item, created } = this.queue.schedule(job, parameters, caller.user?.id ?? "anonymous");
    return { status: created ? 201 : 303, headers: { Location: `${root}queue/item/${item.id}/` } };
  }

  /** @throws Refusal */
  private checkToken(
    { authenticationToken }: JenkinsJob,
    caller: Caller,
    { method }: IncomingMessage,
    given: string | null,
  ): void {
    if (authenticationToken !== undefined && given !== null) {
      if (given === authenticationToken) return;
      throw new Refusal(403, "Invalid token provided.");
    }
    this.access.require(caller, "Job/Build");
    if (method !== "POST") throw new Refusal(405, "Method Not Allowed", { Allow: "POST" });
  }
}

/** What a path leads to: a job, or a folder, the root among them. */
interface Place {
  readonly name: string;
  readonly job: JenkinsJob | undefined;
  /** Of the path, behind it. */
  readonly rest: string;
}
