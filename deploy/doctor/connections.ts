import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SignatureV4 } from "@smithy/signature-v4";
import { partitionOf } from "../../core/partition";
import type { Connection } from "../../stacks/kind";
import type { AccountAccess } from "../access/account-access";
import { missing, oneLine, present, type Finding } from "./finding";

interface Described {
  readonly ConnectionArn: string;
  readonly ConnectionName: string;
  readonly ConnectionStatus: string;
}

/** Whether connections stand, and a person has completed them: AWS makes them pending. */
export async function checkConnections(
  account: string,
  connections: readonly Connection[],
  access: AccountAccess,
): Promise<Finding[]> {
  if (connections.length === 0) return [];
  try {
    const standing = await listConnections(access);
    return connections.map((connection) => judge(account, connection, standing, access.region));
  } catch (error) {
    const remedy = "let the role look: codeconnections:ListConnections";
    return [missing(`Connections of ${account}`, oneLine(error), remedy)];
  }
}

function judge(
  account: string,
  connection: Connection,
  standing: readonly Described[],
  region: string,
): Finding {
  const subject = `Connection of ${account}`;
  const called = "arn" in connection ? connection.arn : connection.name;
  const found = standing.find(({ ConnectionArn, ConnectionName }) =>
    "arn" in connection ? ConnectionArn === connection.arn : ConnectionName === connection.name,
  );
  if (!found)
    return missing(subject, `there is no connection ${called}`, "plan and apply the container's stack");
  if (found.ConnectionStatus === "AVAILABLE") return present(subject, called);
  return missing(
    subject,
    `${called} is ${found.ConnectionStatus}: nobody has let it see the repository`,
    `choose it, and "Update pending connection": ${consoleOf(region)}`,
  );
}

const consoles: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** https://docs.aws.amazon.com/dtconsole/latest/userguide/connections-update.html */
function consoleOf(region: string): string {
  return `https://${region}.${consoles[partitionOf(region).name] ?? ""}/codesuite/settings/connections?region=${region}`;
}

/** Those of an account, in a region. @throws Error in AWS's words */
export async function listConnections(access: AccountAccess): Promise<Described[]> {
  const found: Described[] = [];
  for (let next: string | undefined = "", pages = 0; next !== undefined && pages < mostPages; pages++) {
    const page = await askForPage(access, next);
    found.push(...(page.Connections ?? []));
    next = page.NextToken;
  }
  return found;
}

const mostPages = 100;

/**
 * The registry has no client of the SDK's for CodeConnections: this one call has the settings of another of its clients.
 * https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_ListConnections.html
 * @param from where the page begins; empty: at the first
 * @throws Error in AWS's words
 */
async function askForPage(access: AccountAccess, from: string): Promise<Page> {
  const { region } = access;
  const { config } = new SecretsManagerClient(access);
  const { credentials, sha256 } = config;
  const endpoint = new URL(
    process.env.AWS_ENDPOINT_URL ?? `https://codeconnections.${region}.${partitionOf(region).dnsSuffix}`,
  );
  const request = await new SignatureV4({ region, service: "codeconnections", credentials, sha256 }).sign({
    ...{ method: "POST", protocol: endpoint.protocol, hostname: endpoint.hostname, path: "/", query: {} },
    ...(endpoint.port && { port: Number(endpoint.port) }),
    body: JSON.stringify({ MaxResults: 100, ...(from && { NextToken: from }) }),
    headers: {
      host: endpoint.host,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "CodeConnections_20231201.ListConnections",
    },
  });
  const { response } = await (config.requestHandler as unknown as Handler).handle(request);
  const text = config.utf8Encoder(await config.streamCollector(response.body));
  const page = JSON.parse(text) as Page;
  if (response.statusCode !== 200) throw new Error(page.message ?? page.__type ?? text);
  return page;
}

interface Handler {
  handle(
    request: unknown,
  ): Promise<{ readonly response: { readonly statusCode: number; readonly body: unknown } }>;
}

interface Page {
  readonly Connections?: readonly Described[];
  readonly NextToken?: string;
  readonly message?: string;
  readonly __type?: string;
}
