/**
 * Where a local AWS answers for the invoke URL of an HTTP API, as AWS has it: a path, which every program can ask, unlike a host below
 * `localhost`.
 * @throws Error for another address
 */
export function localInvokeUrl(url: string, endpoint: string): string {
  const { hostname, pathname, search } = URL.canParse(url) ? new URL(url) : new URL("none:");
  const [, api] = /^([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com$/.exec(hostname) ?? [];
  if (api === undefined)
    throw new Error(`must be an invoke URL, https://<api>.execute-api.<region>.amazonaws.com/…, got: ${url}`);
  return `${endpoint}/_aws/execute-api/${api}${pathname}${search}`;
}
