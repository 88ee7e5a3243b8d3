import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Access } from "./access";
import { Api, type Answer } from "./api";
import { Beans } from "./beans";
import { GitService } from "./git-service";
import { IdTokens } from "./id-tokens";
import { pipelineRoutes } from "./pipeline-routes";
import { Pipelines } from "./pipelines";
import { projectRoutes } from "./project-routes";
import { Refusal } from "./refusal";
import { Runner } from "./runner";
import { settingRoutes } from "./setting-routes";
import type { Behaviour, GitlabSettings } from "./settings";
import { Store } from "./store";

export type { GitlabSettings };
export { roles } from "./settings";

/**
 * A double of a GitLab server, on this machine's loopback interface: its REST API as far as projects of machine learning use it, real
 * repositories over Git's HTTP, and pipelines that gitlab-ci-local runs by the real file of their commit. ADR 86 says what it is checked against.
 */
export class GitlabDouble {
  /** Always, or by method and path of a request. */
  behaviour: Behaviour | ((request: string) => Behaviour) = "normal";
  /** Method and path of every request, in order. */
  readonly requests: string[] = [];
  readonly store: Store;
  private readonly api: Api;
  private readonly git: GitService;
  private readonly idTokens: IdTokens;
  private readonly runner: Runner;
  private readonly server: Server;
  private port = 0;

  private constructor(private readonly settings: GitlabSettings) {
    const rootUrl = () => this.rootUrl;
    this.store = new Store(settings);
    this.idTokens = new IdTokens(this.store, rootUrl);
    this.runner = new Runner(this.store, this.idTokens, rootUrl);
    const { store, runner } = this;
    const [access, beans] = [new Access(store), new Beans(store, rootUrl)];
    const pipelines = new Pipelines(store, runner, rootUrl);
    this.git = new GitService(store, access, pipelines);
    this.api = new Api(access, [
      ...projectRoutes(store, access, beans),
      ...settingRoutes(store, access, beans),
      ...pipelineRoutes({ store, access, beans, pipelines, runner }),
    ]);
    this.server = createServer((request, response) => {
      void this.respond(request, response);
    });
  }

  static async start(settings: GitlabSettings): Promise<GitlabDouble> {
    const double = new GitlabDouble(settings);
    await double.revive();
    return double;
  }

  /** Where it listens, without a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What it calls itself. */
  get rootUrl(): string {
    return this.settings.rootUrl ?? this.url;
  }

  /** Waits until every push has had its pipeline, and no job runs or is to run; manual ones stay. */
  async idle(): Promise<void> {
    await this.git.settled();
    await this.runner.idle();
  }

  /** Nothing listens any more at its address until it is revived; jobs go on. */
  async die(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Listens, at the address it had. */
  async revive(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, "127.0.0.1", resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Ends jobs that run, and goes. */
  async stop(): Promise<void> {
    await this.runner.stop();
    if (this.server.listening) await this.die();
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = `${request.method ?? ""} ${request.url ?? ""}`;
    this.requests.push(asked);
    const behaviour = typeof this.behaviour === "function" ? this.behaviour(asked) : this.behaviour;
    if (behaviour === "hangs") return;
    try {
      if (behaviour === "broken") throw new Refusal(502, { message: "Bad Gateway" });
      const url = new URL(request.url ?? "/", this.rootUrl);
      if (this.git.serves(url)) await this.git.answer(url, request, response);
      else send(response, await this.answerTo(url, request));
    } catch (error) {
      const isRefusal = error instanceof Refusal;
      if (!isRefusal) console.error(error);
      send(response, {
        status: isRefusal ? error.status : 500,
        headers: isRefusal ? error.headers : {},
        bean: isRefusal ? error.body : { message: "500 Internal Server Error" },
      });
    }
  }

  private async answerTo(url: URL, request: IncomingMessage): Promise<Answer> {
    if (url.pathname === "/.well-known/openid-configuration")
      return { status: 200, bean: this.idTokens.configuration() };
    if (url.pathname === "/oauth/discovery/keys") return { status: 200, bean: this.idTokens.keys() };
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return this.api.answer(request, url, Buffer.concat(chunks).toString());
  }
}

function send(response: ServerResponse, { status, headers = {}, bean }: Answer): void {
  const isText = typeof bean === "string";
  response.writeHead(status, { "Content-Type": isText ? "text/plain" : "application/json", ...headers });
  response.end(isText ? bean : JSON.stringify(bean));
}
