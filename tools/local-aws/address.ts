/** Where a local AWS is, and what it wants of whoever asks: it runs commands, and any page in a browser can reach a port. */
export interface LocalAwsAddress {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  /** Drawn at its start: the access key of its user, and a header where no AWS client asks. */
  readonly secret: string;
}

/** Asks a local AWS for what no AWS service has. */
export const askLocalAws = (
  { endpoint, secret }: LocalAwsAddress,
  action: string,
  body: Readonly<Record<string, unknown>> = {},
  signal?: AbortSignal,
): Promise<Response> =>
  fetch(`${endpoint}/mlops-local/${action}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-local-aws-secret": secret },
    body: JSON.stringify(body),
    signal: signal ?? null,
  });
