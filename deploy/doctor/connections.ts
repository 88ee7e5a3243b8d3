import { SageMakerClient } from "@aws-sdk/client-sagemaker";
import { partitionOf } from "../../core/partition";
import { askJson } from "../../operate/json-api";
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
  const client = new SageMakerClient(access);
  const found: Described[] = [];
  for (let next: string | undefined = "", pages = 0; next !== undefined && pages < mostPages; pages++) {
    const body = { MaxResults: 100, ...(next && { NextToken: next }) };
    const page: Page = await askJson<Page>(client, operation, body);
    found.push(...(page.Connections ?? []));
    next = page.NextToken;
  }
  return found;
}

const mostPages = 100;

/** https://docs.aws.amazon.com/codeconnections/latest/APIReference/API_ListConnections.html */
const operation = {
  service: "codeconnections",
  target: "CodeConnections_20231201.ListConnections",
  version: "1.0",
} as const;

interface Page {
  readonly Connections?: readonly Described[];
  readonly NextToken?: string;
}
