import { NetworkError } from "./network-error";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the caller's variables have for HTTPS to a host, as the AWS CLI and Terraform read them: `HTTPS_PROXY`,
 * but for hosts in `NO_PROXY` (names, which stand for all below them, or `*`) and this machine itself.
 * No library does, as far as Node.js 20 can load it: to `proxy-from-env` 2.1.0 a name in `NO_PROXY` is not for the hosts
 * below it, a proxy without a scheme is an encrypted one, and `ALL_PROXY` counts.
 * @throws NetworkError for a proxy that is no http: or https: URL
 */
export function proxyFor(host: string, port: number, variables: Variables): URL | undefined {
  const value = either(variables, "HTTPS_PROXY");
  if (value === undefined || isThisMachine(host)) return undefined;
  const names = (either(variables, "NO_PROXY") ?? "").split(/[\s,]+/).filter((name) => name !== "");
  return names.some((name) => covers(name, host, port)) ? undefined : parse(value);
}

const either = (variables: Variables, name: string): string | undefined =>
  [variables[name], variables[name.toLowerCase()]].find((value) => value !== undefined && value !== "");

const isThisMachine = (host: string): boolean =>
  host === "localhost" || host === "::1" || host.startsWith("127.");

/** Whether an entry of `NO_PROXY`, such as `.example.com` or `example.com:443`, is meant for a host. */
function covers(entry: string, host: string, port: number): boolean {
  const [, name = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  const isMeant = name === "" || host.toLowerCase() === name || host.toLowerCase().endsWith(`.${name}`);
  return isMeant && (only === undefined || Number(only) === port);
}

function parse(value: string): URL {
  const text = value.includes("://") ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw new NetworkError(
    `HTTPS_PROXY must be like http://proxy.example.com:3128, got: ${withoutPassword(value)}`,
  );
}

const withoutPassword = (value: string): string => value.replace(/\/\/[^/@]*@/, "//…@");
