import type { IncomingMessage } from "node:http";
import type { Access, Caller } from "./access";
import { buildBean, itemBean, jobBean } from "./beans";
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
    const job = this.jobAt(url.pathname, caller);
    if (job?.rest === "buildWithParameters") return this.build(job.job, caller, { ...asked, url });
    this.access.requireCrumb(caller, request);
    const bean = this.beanAt(url, caller, { ...asked, job });
    if (bean === undefined) throw new Refusal(404, `Not Found: ${url.pathname}`);
    if ("status" in bean) return bean as Answer;
    const tree = url.searchParams.get("tree");
    return { status: 200, bean: tree === null ? bean : pruned(bean, tree) };
  }

  private beanAt(
    { pathname }: URL,
    caller: Caller,
    { root, job }: Asked & { readonly job: JobAt | undefined },
  ): object | undefined {
    this.access.require(caller, "Overall/Read");
    if (pathname === "/") return { status: 200 };
    if (pathname === "/api/json") return { _class: "hudson.model.Hudson", mode: "EXCLUSIVE", jobs: [] };
    if (pathname === "/crumbIssuer/api/json") return this.crumb();
    if (pathname === "/me/api/json" && caller.user)
      return { _class: "hudson.model.User", id: caller.user.id, fullName: caller.user.id };
    if (pathname === "/queue/api/json")
      return { items: this.queue.waiting().map((item) => itemBean(item, root)) };
    const [, id] = /^\/queue\/item\/(\d+)\/api\/json$/.exec(pathname) ?? [];
    const item = this.queue.items.find((each) => each.id === Number(id));
    if (item) return itemBean(item, root);
    if (job?.rest === "api/json") return jobBean(job.job, this.queue, root);
    const [, number] = /^(\d+)\/api\/json$/.exec(job?.rest ?? "") ?? [];
    const build = job && this.queue.buildsOf(job.job).find((each) => each.number === Number(number));
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

  /** A job that the caller may not read is as one that is not there. */
  private jobAt(pathname: string, caller: Caller): JobAt | undefined {
    const [, path = "", rest = ""] = /^\/((?:job\/[^/]+\/)+)(.*)$/.exec(pathname) ?? [];
    if (path === "") return undefined;
    const name = path
      .split("/")
      .filter((_part, at) => at % 2 === 1)
      .map(decodeURIComponent)
      .join("/");
    const job = this.settings.jobs.find((each) => each.name === name);
    if (!job) throw new Refusal(404, `Not Found: ${pathname}`);
    if (!this.access.may(caller, "Job/Read")) {
      if (!caller.user) this.access.require(caller, "Overall/Read");
      throw new Refusal(404, `Not Found: ${pathname}`);
    }
    return { job, rest };
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

interface JobAt {
  readonly job: JenkinsJob;
  /** Of the path, behind the job's. */
  readonly rest: string;
}
