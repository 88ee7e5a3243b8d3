import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Access } from "./access";
import { Api, type Answer } from "./answer";
import { Queue, type Build, type BuildResult, type QueueItem } from "./queue";
import { Refusal } from "./refusal";
import type { Behaviour, JenkinsSettings } from "./settings";

export { deployWorkspace, runDeployJob, type Question, type RanLine } from "./deploy-job";
export type { Behaviour, Build, BuildResult, JenkinsSettings };

/**
 * A double of a Jenkins server's remote API, on this machine's loopback interface: strict about who may do what, how and
 * in which session, as the source of Jenkins 2.541 is; nothing is built. ADR 47 says what it is checked against.
 */
export class JenkinsDouble {
  behaviour: Behaviour = "normal";
  /** Method and path of every request, in order. */
  readonly requests: string[] = [];
  private readonly queue = new Queue();
  private readonly api: Api;
  private readonly server: Server;
  private port = 0;

  private constructor(private readonly settings: JenkinsSettings) {
    this.api = new Api(settings, new Access(settings), this.queue);
    this.server = createServer((request, response) => {
      void this.respond(request, response);
    });
  }

  static async start(settings: JenkinsSettings): Promise<JenkinsDouble> {
    const double = new JenkinsDouble(settings);
    await double.revive();
    return double;
  }

  /** With a slash at its end. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** What was built, in order. */
  get builds(): readonly Build[] {
    return this.queue.builds;
  }

  /** What waits. */
  get queued(): readonly QueueItem[] {
    return this.queue.waiting();
  }

  /** Waits until all builds have ended whose jobs do something. */
  ended(): Promise<void> {
    return this.queue.ended();
  }

  /** Starts what waits. */
  startQueued(): void {
    for (const item of this.queue.waiting()) this.queue.start(item);
  }

  /** Nothing listens any more at its address until it is revived. */
  async die(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Listens, at the address it had. */
  async revive(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, "127.0.0.1", resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  private async respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.push(`${request.method ?? ""} ${request.url ?? ""}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    // Of the slow one, whoever waits that long gives up before it comes.
    const answer = this.behaviour === "page" ? { status: 200 } : this.answerTo(request, text(chunks));
    if (this.behaviour === "drops" && request.method === "POST") request.socket.destroy();
    else if (this.behaviour !== "slow") send(response, answer);
  }

  private answerTo(request: IncomingMessage, body: string): Answer {
    const isForm = request.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
    const form = new URLSearchParams(isForm ? body : "");
    try {
      return this.api.answer({
        request,
        form,
        root: this.settings.rootUrl ?? this.url,
        behaviour: this.behaviour,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) return { status: 500, bean: { message: String(error) } };
      const { status, message, headers } = error;
      return { status, headers, bean: { message } };
    }
  }
}

const text = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString();

/** Every answer says which Jenkins it is; what is no bean is a page. */
function send(response: ServerResponse, { status, headers = {}, bean }: Answer): void {
  const [type, body] =
    bean === undefined
      ? ["text/html;charset=utf-8", "<html></html>"]
      : ["application/json", JSON.stringify(bean)];
  response.writeHead(status, { "Content-Type": type, "X-Jenkins": "2.541.1", ...headers });
  response.end(body);
}
