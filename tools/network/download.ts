import { get as getOverHttp, type IncomingMessage } from "node:http";
import { Agent, get as getOverHttps } from "node:https";
import { buffer } from "node:stream/consumers";
import { reasonOf } from "../toolchain/toolchain-error";
import { callersAgent } from "./callers-network";

/** Longest wait for one file. */
const timeoutMilliseconds = 10 * 60_000;
const mostRedirections = 5;

/**
 * Gets a file over the caller's network, which Node.js' `fetch` does not use.
 * @throws Error naming the address and why it cannot be had
 */
export async function download(url: string): Promise<Uint8Array> {
  try {
    return await follow(url);
  } catch (error) {
    throw new Error(`${url}: ${reasonOf(error)}`, { cause: error });
  }
}

async function follow(url: string, redirections = 0): Promise<Uint8Array> {
  const response = await ask(url);
  const { statusCode = 0, headers } = response;
  if (statusCode >= 300 && statusCode < 400 && headers.location && redirections < mostRedirections) {
    response.resume();
    return follow(new URL(headers.location, url).href, redirections + 1);
  }
  if (statusCode !== 200) {
    response.resume();
    throw new Error(`HTTP status ${statusCode}`);
  }
  return buffer(response);
}

function ask(url: string): Promise<IncomingMessage> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  return new Promise((resolve, reject) => {
    const request = url.startsWith("https:")
      ? getOverHttps(url, { signal, agent: callersAgent() ?? new Agent() }, resolve)
      : getOverHttp(url, { signal }, resolve);
    request.once("error", reject);
  });
}
