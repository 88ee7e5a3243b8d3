import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import type { AgentConnectOpts } from "agent-base";
import { HttpsProxyAgent } from "https-proxy-agent";
import { NetworkError } from "./network-error";

const waitMilliseconds = 30_000;

/**
 * Has a proxy connect to the host of a request (HTTP's CONNECT), and encrypts what is sent there.
 * @throws NetworkError naming the proxy where it cannot be reached, does not answer, or refuses
 */
export async function openTunnel(
  proxy: URL,
  request: ClientRequest,
  options: AgentConnectOpts,
): Promise<Socket> {
  const failure = (reason: string) => new NetworkError(`The proxy ${proxy.host} (HTTPS_PROXY) ${reason}`);
  const waiting = new AbortController();
  const timer = setTimeout(() => {
    waiting.abort();
  }, waitMilliseconds);
  const { signal } = waiting;
  let status: number | undefined;
  request.once("proxyConnect", ({ statusCode }: IncomingMessage) => (status = statusCode));
  // Not with its credentials, which the library prints where DEBUG is set.
  const socket = await new HttpsProxyAgent(proxy.origin, { signal, headers: credentialsOf(proxy) })
    .connect(request, options)
    .catch((error: unknown) => {
      throw failure(signal.aborted ? "does not answer" : `cannot be reached: ${(error as Error).message}`);
    })
    .finally(() => {
      clearTimeout(timer);
    });
  // What a proxy says that refuses would pass for the host's own answer.
  if (status !== 200)
    throw failure(`refuses to connect to ${options.host}:${options.port}: status ${status}`);
  return socket;
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === "" && password === "") return {};
  const [user, word] = [username, password].map(decodeURIComponent);
  return { "Proxy-Authorization": `Basic ${Buffer.from(`${user}:${word}`).toString("base64")}` };
}
