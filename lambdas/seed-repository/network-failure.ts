/** What a code of Node.js' means to whoever gave the address. */
const meanings: Readonly<Record<string, string>> = {
  ENOTFOUND: "its name is not known (DNS)",
  EAI_AGAIN: "names cannot be looked up (DNS)",
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "it ended the connection",
  UND_ERR_SOCKET: "it ended the connection",
  UND_ERR_CONNECT_TIMEOUT: "no connection within the time: is there a route from the function's network?",
};

/**
 * What went wrong on the way to a server, by what `fetch` throws.
 * @returns undefined for errors of anything else
 */
export function networkFailure(error: unknown, url: string): string | undefined {
  const { name, cause } = error as Error;
  const { code } = (cause ?? {}) as { readonly code?: string };
  if (!URL.canParse(url)) return "there is no address";
  const place = new URL(url).origin;
  if (name === "TimeoutError" || name === "AbortError") return `${place} did not answer in time`;
  if (code === undefined) return undefined;
  return `No answer of ${place}: ${meanings[code] ?? code}`;
}
