import { request } from "node:http";
import type { Socket } from "node:net";
import { connect } from "node:tls";

/** The caller's proxy does not connect. */
export class ProxyError extends Error {
  /** As Node.js names what is wrong with a network. */
  readonly code = "EPROXY";
}

const waitMilliseconds = 30_000;

/**
 * Has a proxy connect to a host (HTTP's CONNECT): what is sent through the socket then goes to that host.
 * @throws ProxyError naming the proxy where it cannot be reached, does not answer, or refuses
 */
export function openTunnel(proxy: URL, host: string, port: number): Promise<Socket> {
  const to = `${host}:${port}`;
  return new Promise((resolve, reject) => {
    const asking = request({
      method: "CONNECT",
      path: to,
      host: hostOf(proxy),
      port: portOf(proxy),
      headers: { host: to, ...credentialsOf(proxy) },
      ...(proxy.protocol === "https:" && { createConnection: () => encrypted(proxy) }),
    });
    const fail = (reason: string) => {
      asking.destroy();
      reject(new ProxyError(`The proxy ${proxy.host} (HTTPS_PROXY) ${reason}`));
    };
    asking.setTimeout(waitMilliseconds, () => {
      fail("does not answer");
    });
    asking.once("error", ({ message }) => {
      fail(`cannot be reached: ${message}`);
    });
    asking.once("response", ({ statusCode }) => {
      fail(`refuses to connect to ${to}: status ${String(statusCode)}`);
    });
    asking.once("connect", ({ statusCode }, socket: Socket) => {
      asking.setTimeout(0);
      if (statusCode === 200) resolve(socket);
      else fail(`refuses to connect to ${to}: status ${String(statusCode)}`);
    });
    asking.end();
  });
}

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, "$1");

const portOf = ({ port, protocol }: URL): number => Number(port || (protocol === "https:" ? 443 : 80));

const encrypted = (proxy: URL): Socket =>
  connect({ host: hostOf(proxy), port: portOf(proxy), servername: hostOf(proxy) });

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const [user, word] = [username, password].map(decodeURIComponent);
  return { "proxy-authorization": `Basic ${Buffer.from(`${user}:${word}`).toString("base64")}` };
}
