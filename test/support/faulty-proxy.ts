import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer in the place of local AWS's own. */
export interface Fault {
  /** Name of the SageMaker action, such as `CreateProcessingJob`. */
  readonly action: string;
  readonly status: number;
  /** Name of the exception. */
  readonly exception: string;
}

export const throttling = (action: string): Fault => ({
  action,
  status: 400,
  exception: "ThrottlingException",
});
export const serviceFault = (action: string): Fault => ({
  action,
  status: 500,
  exception: "InternalFailure",
});

/** Passes requests on to local AWS, and answers some with faults instead. */
export class FaultyProxy {
  private readonly faults: Fault[] = [];
  private readonly seen: string[] = [];
  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {}

  static async start(target: string): Promise<FaultyProxy> {
    const server = createServer();
    const proxy = new FaultyProxy(server, target);
    server.on("request", (incoming: IncomingMessage, answer: ServerResponse) => {
      proxy.answer(incoming, answer);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next calls of an action fail, one for each fault. */
  inject(...faults: readonly Fault[]): void {
    this.faults.push(...faults);
  }

  /** How often an action was called since the last time this was asked. */
  calls(action: string): number {
    const all = this.seen.splice(0);
    return all.filter((each) => each === action).length;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(incoming: IncomingMessage, answer: ServerResponse): void {
    const action = String(incoming.headers["x-amz-target"] ?? "").replace(/^.*\./, "");
    this.seen.push(action);
    const index = this.faults.findIndex((fault) => fault.action === action);
    const [fault] = index < 0 ? [] : this.faults.splice(index, 1);
    if (fault) fail(incoming, answer, fault);
    else this.passOn(incoming, answer);
  }

  private passOn(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method, headers, url = "/" } = incoming;
    const passed = request(this.target + url, { method, headers }, (given) => {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
    });
    passed.on("error", () => answer.destroy());
    incoming.pipe(passed);
  }
}

function fail(incoming: IncomingMessage, answer: ServerResponse, { status, exception }: Fault): void {
  incoming.resume();
  answer.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
  answer.end(JSON.stringify({ __type: exception, message: `${exception} by the proxy` }));
}
