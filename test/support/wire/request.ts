import type { IncomingMessage } from "node:http";

/** A request to AWS, as it went over the wire. */
export interface WireRequest {
  /** Service by the name that signatures have, such as `iam`. */
  readonly service: string;
  /** Such as `CreateRole`; for services that have none on the wire method, path and query: `PUT /bucket?acl`. */
  readonly action: string;
  /** Name of the session that signed it, such as a stack's id; `caller` where no role was assumed. */
  readonly session: string;
  /** ARN of the role that signed it, if one did. */
  readonly role: string | undefined;
  readonly body: string;
  /** What the client calls itself, such as `… terraform-provider-aws/5.100.0 …`. */
  readonly userAgent: string;
}

/** Who an access key was given to. */
export interface Session {
  readonly name: string;
  readonly role: string;
}

/** Reads from a request what is asked, and by whom. */
export function readRequest(
  { headers, method = "GET", url = "/" }: IncomingMessage,
  body: string,
  sessions: ReadonlyMap<string, Session>,
): WireRequest {
  const [, key = "", service = "unknown"] =
    /Credential=([^/]+)\/[^/]*\/[^/]*\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
  const session = sessions.get(key);
  const target = headers["x-amz-target"];
  const action =
    typeof target === "string"
      ? target.replace(/^.*\./, "")
      : (field(body, headers["content-type"], "Action") ?? `${method} ${decodeURIComponent(url)}`);
  const userAgent = headers["user-agent"] ?? "";
  return { service, action, session: session?.name ?? "caller", role: session?.role, body, userAgent };
}

/** A field of a form; undefined where the body is none. */
export const field = (body: string, type: string | undefined, name: string): string | undefined =>
  type?.startsWith("application/x-www-form-urlencoded")
    ? (new URLSearchParams(body).get(name) ?? undefined)
    : undefined;

const readingWord = /^(Get|List|Describe|Head)[A-Z]/;
const readingMethod = /^(GET|HEAD) /;

/** Whether a request changes nothing in AWS. To take a role on counts as reading, for it changes no account. */
export const onlyReads = ({ service, action }: Pick<WireRequest, "service" | "action">): boolean =>
  readingMethod.test(action) || readingWord.test(action) || (service === "sts" && action === "AssumeRole");
