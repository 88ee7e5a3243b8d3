import { NotStartedError } from "./ci-server";

/** What a server answered; redirects are answers, too. */
export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  /** Of JSON; undefined of anything else. */
  readonly body: unknown;
}

/** Milliseconds that one request may take, unless its caller says otherwise. */
const usualTimeout = 10_000;

/** Errors of connections that never came about, by their codes in Node.js: what was to be sent was not. */
const neverConnected =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|UNABLE_TO_.*|DEPTH_ZERO_.*|SELF_SIGNED_.*)$/;

/**
 * One HTTP request. A redirect is not followed: it would take the credentials along, or look like success.
 * @throws NotStartedError where no connection was made; Error where there was one and no whole answer
 */
export async function ask(url: string, request: RequestInit, timeout = usualTimeout): Promise<Answer> {
  try {
    const response = await fetch(url, {
      ...request,
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    const text = await response.text();
    return {
      status: response.status,
      location: response.headers.get("location") ?? undefined,
      body: parsed(text),
    };
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
    const place = new URL(url).origin;
    if (code !== undefined && neverConnected.test(code))
      throw new NotStartedError(`No connection to ${place}: ${code}`, { cause: error });
    throw new Error(`No answer of ${place}: ${code ?? (error as Error).name}`, { cause: error });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Says what a server means that did not take a request, by status.
 * @throws NotStartedError; Error for the server's own faults, which may come after it did what it was asked
 */
export function refusedBy(
  { status }: Answer,
  server: string,
  meanings: Readonly<Record<number, string>>,
): never {
  const meaning = meanings[status];
  const said = `${server} answered ${status}${meaning === undefined ? "" : `: ${meaning}`}`;
  if (status >= 500 || status === 408) throw new Error(said);
  throw new NotStartedError(said);
}
