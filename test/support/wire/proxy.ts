import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { Fault } from "./faults";
import { Hold } from "./hold";
import { field, readRequest, type Session, type WireRequest } from "./request";

/** Which requests are meant; what is left out may be anything. */
export interface Wanted {
  readonly session?: string;
  readonly service?: string;
  readonly action?: string | RegExp;
  /** What else is asked of it. */
  readonly where?: (request: WireRequest) => boolean;
}

interface Rule {
  readonly wanted: Wanted;
  readonly fault: Fault;
  left: number;
}

/**
 * Stands between AWS's clients and local AWS: it tells what was asked and by whom, answers with faults as AWS words
 * them, breaks connections, and holds requests back until a test has done its mischief.
 */
export class WireProxy {
  /** Every request, in order. */
  readonly requests: WireRequest[] = [];
  private readonly rules: Rule[] = [];
  private readonly holds: { readonly wanted: Wanted; readonly hold: Hold }[] = [];
  private readonly sessions = new Map<string, Session>();

  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {}

  static async start(target: string): Promise<WireProxy> {
    const server = createServer();
    const proxy = new WireProxy(server, target);
    server.on("request", (incoming: IncomingMessage, answer: ServerResponse) => {
      proxy.answer(incoming, answer).catch(() => answer.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next requests that are meant get a fault each. @param times @default every one from now on */
  fail(wanted: Wanted, fault: Fault, times = Number.POSITIVE_INFINITY): void {
    this.rules.push({ wanted, fault, left: times });
  }

  /** Faults that wait for a request, of those injected for a session. */
  pending(session: string): number {
    return this.rules.filter(({ wanted, left }) => wanted.session === session && left > 0).length;
  }

  /** Ends every fault that was injected for a session. */
  heal(session: string): void {
    for (const rule of this.rules) if (rule.wanted.session === session) rule.left = 0;
  }

  /** Requests that are meant wait, before AWS gets them, until the hold is released. */
  hold(wanted: Wanted): Hold {
    const hold = new Hold();
    this.holds.push({ wanted, hold });
    return hold;
  }

  /** What was asked so far. */
  seen(wanted: Wanted): WireRequest[] {
    return this.requests.filter((each) => matches(wanted, each));
  }

  stop(): void {
    this.holds.forEach(({ hold }) => {
      hold.release();
    });
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    const asked = readRequest(incoming, body.toString("latin1"), this.sessions);
    this.requests.push(asked);
    await this.holds.find(({ wanted }) => matches(wanted, asked))?.hold.wait(incoming.socket);
    if (!incoming.socket.writable) return; // whoever asked died while the request was held
    const rule = this.rules.find(({ wanted, left }) => left > 0 && matches(wanted, asked));
    if (!rule) return this.passOn(incoming, body, answer);
    rule.left -= 1;
    rule.fault(asked, answer);
  }

  private async passOn(incoming: IncomingMessage, body: Buffer, answer: ServerResponse): Promise<void> {
    const { method, url = "/" } = incoming;
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).filter(([name]) => name !== "expect"),
    );
    const given = await new Promise<IncomingMessage>((resolve, reject) => {
      request(this.target + url, { method, headers }, resolve)
        .on("error", reject)
        .end(body);
    });
    const content = await buffer(given);
    const name = field(body.toString(), incoming.headers["content-type"], "RoleSessionName");
    this.learn(name, content.toString("latin1"));
    answer.writeHead(given.statusCode ?? 502, given.headers);
    answer.end(content);
  }

  /** Access keys that STS gives out tell later who asks. */
  private learn(name: string | undefined, answer: string): void {
    const key = /<AccessKeyId>([^<]+)</.exec(answer)?.[1];
    const role = /<Arn>([^<]+)</.exec(answer)?.[1];
    if (name !== undefined && key !== undefined) this.sessions.set(key, { name, role: role ?? "" });
  }
}

const matches = ({ session, service, action, where }: Wanted, request: WireRequest): boolean =>
  (session === undefined || session === request.session) &&
  (service === undefined || service === request.service) &&
  (action === undefined ||
    (typeof action === "string" ? action === request.action : action.test(request.action))) &&
  (where === undefined || where(request));
