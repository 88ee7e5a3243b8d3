import type { HttpClient } from "isomorphic-git";

/** Milliseconds that one request may take: a push of a seed is a few megabytes. */
const timeout = 60_000;

/**
 * HTTP for isomorphic-git by `fetch`, as its own client for browsers does it, but with a time limit, and without following redirects: they
 * would take the credentials along.
 */
export const gitHttp: HttpClient = {
  request: async ({ url, method = "GET", headers = {}, body }) => {
    const response = await fetch(url, {
      method,
      headers,
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
      ...(body && { body: await collected(body) }),
    });
    const content = new Uint8Array(await response.arrayBuffer());
    return {
      url,
      method,
      headers: Object.fromEntries(response.headers.entries()),
      body: once(content),
      statusCode: response.status,
      statusMessage: response.statusText,
    };
  },
};

/** The library gives arrays of chunks, too, whatever its types say. */
async function collected(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* once(content: Uint8Array): AsyncIterableIterator<Uint8Array> {
  yield await Promise.resolve(content);
}
