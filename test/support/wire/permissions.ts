import type { Statement } from "../synth";
import type { WireRequest } from "./request";

/** What a request needs by the names of IAM; the resource only where the wire shows it. */
export interface Need {
  readonly action: string;
  readonly resource?: string;
}

/** Prefix of a service in policies, where signatures have another. */
const prefixes: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** What a request needs to be allowed. */
export function needOf({ service, action, body }: Pick<WireRequest, "service" | "action" | "body">): Need {
  if (service === "s3") return needOfS3(action);
  if (action === "AssumeRole")
    return { action: "sts:AssumeRole", resource: new URLSearchParams(body).get("RoleArn") ?? "" };
  const [method = "", path] = action.split(" ");
  const name =
    path === undefined ? action : (lambdaActions.find(({ line }) => line.test(action))?.name ?? method);
  return { action: `${prefixes[service] ?? service}:${name}` };
}

function needOfS3(line: string): Need {
  const [, method = "", bucket = "", key = "", query = ""] =
    /^(\w+) \/([^/?]+)\/?([^?]*)\??(.*)$/.exec(line) ?? [];
  const resource = `arn:aws:s3:::${bucket}${key && "/"}${key}`;
  if (key === "")
    return {
      action: /list-type|^prefix|max-keys/.test(query) ? "s3:ListBucket" : `s3:${method}Bucket`,
      resource,
    };
  const verb = { GET: "Get", HEAD: "Get", PUT: "Put", POST: "Put", DELETE: "Delete" }[method] ?? method;
  return { action: `s3:${verb}Object${/(^|&)tagging/.test(query) ? "Tagging" : ""}`, resource };
}

const lambdaActions = [
  { line: /^GET .*\/functions\/[^/]+$/, name: "GetFunction" },
  { line: /^GET .*\/functions\/[^/]+\/versions/, name: "ListVersionsByFunction" },
  { line: /^GET .*\/functions\/[^/]+\/code-signing-config/, name: "GetFunctionCodeSigningConfig" },
  { line: /^GET .*\/functions\/[^/]+\/configuration/, name: "GetFunctionConfiguration" },
  { line: /^GET .*\/functions\/[^/]+\/policy/, name: "GetPolicy" },
  { line: /^GET .*\/tags\//, name: "ListTags" },
];

/**
 * Whether an identity policy can allow what a request needs, conditions aside: what it says no to, AWS does not allow.
 * Asking who one is needs no permission.
 */
export function canAllow(statements: readonly Statement[], need: Need): boolean {
  if (need.action === "sts:GetCallerIdentity") return true;
  return statements.some(
    ({ Effect, Action, Resource = [] }) =>
      Effect === "Allow" &&
      Action.some((pattern) => covers(pattern, need.action)) &&
      (need.resource === undefined || Resource.some((pattern) => covers(pattern, need.resource ?? ""))),
  );
}

function covers(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}
