import { createServer, type IncomingMessage } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

/** A company's proxy, as far as CONNECT goes: everything is connected to one port of this machine. */
export interface ConnectProxy {
  readonly url: string;
  /** `CONNECT host:port`, with what the caller identified with. */
  readonly asked: readonly string[];
  stop(): Promise<void>;
}

/** @param port that callers get, wherever they wanted to; a proxy without one refuses */
export async function startConnectProxy(port?: number): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer();
  server.on("connect", ({ url = "", headers }: IncomingMessage, caller: Socket) => {
    asked.push([`CONNECT ${url}`, headers["proxy-authorization"]].filter(Boolean).join(" "));
    caller.on("error", () => caller.destroy());
    if (port === undefined) return void caller.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const target = connect(port, "127.0.0.1", () => {
      caller.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      caller.pipe(target).pipe(caller);
    });
    sockets.add(target).add(caller);
    target.on("error", () => caller.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
