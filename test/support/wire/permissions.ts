import type { Statement } from "../synth";
import type { WireRequest } from "./request";

/** What a request needs by the names of IAM; the resource only where the wire shows it. */
export interface Need {
  readonly action: string;
  readonly resource?: string;
  /** The alias by which a policy knows the key that is the resource. */
  readonly keyAlias?: string;
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
      action: /list-type|^prefix|max-keys/.test(query)
        ? "s3:ListBucket"
        : `s3:${verbs[method] ?? method}Bucket`,
      resource,
    };
  return {
    action: `s3:${verbs[method] ?? method}Object${/(^|&)tagging/.test(query) ? "Tagging" : ""}`,
    resource,
  };
}

const verbs: Readonly<Record<string, string>> = {
  GET: "Get",
  HEAD: "Get",
  PUT: "Put",
  POST: "Put",
  DELETE: "Delete",
};

/**
 * What the key of an object must allow whoever reads or writes it; its head and its tags need no key.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * @param aliases of the keys that encrypt what lies in buckets, by bucket
 */
export function keyNeedOf(
  { service, action: line }: Pick<WireRequest, "service" | "action">,
  aliases: ReadonlyMap<string, string>,
): Need | undefined {
  const [, method = "", bucket = "", query = ""] =
    /^(\w+) \/([^/?]+)\/[^?]+\??(.*)$/.exec(service === "s3" ? line : "") ?? [];
  const action = { GET: "kms:Decrypt", PUT: "kms:GenerateDataKey" }[method];
  const keyAlias = aliases.get(bucket);
  if (action === undefined || keyAlias === undefined || /(^|&)tagging/.test(query)) return undefined;
  return { action, keyAlias };
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
 * Whether an identity policy can allow what a request needs, conditions aside but for a key's alias: what it says no to, AWS
 * does not allow.
 * Asking who one is needs no permission.
 */
export function canAllow(statements: readonly Statement[], need: Need): boolean {
  if (need.action === "sts:GetCallerIdentity") return true;
  const { keyAlias } = need;
  return statements.some(
    ({ Effect, Action, Resource = [], ...others }) =>
      Effect === "Allow" &&
      Action.some((pattern) => covers(pattern, need.action)) &&
      (keyAlias === undefined || isForAlias(others, keyAlias)) &&
      (need.resource === undefined || Resource.some((pattern) => covers(pattern, need.resource ?? ""))),
  );
}

/** The first thing that a request needs and no statement can allow. */
export const lacking = (
  statements: readonly Statement[],
  request: WireRequest,
  aliases: ReadonlyMap<string, string>,
): Need | undefined =>
  [needOf(request), keyNeedOf(request, aliases)].find((need) => need && !canAllow(statements, need));

/** Whether a statement is for keys that carry the alias, or for any. */
function isForAlias({ Condition }: Pick<Statement, "Condition">, alias: string): boolean {
  const asked = Object.values(Condition ?? {}).flatMap(
    (keys) => (keys["kms:ResourceAliases"] ?? []) as string[],
  );
  return asked.length === 0 || asked.some((pattern) => covers(pattern, alias));
}

function covers(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}
