import { strToU8, zipSync } from "fflate";
import { account, type RunnerSandbox } from "./runner-sandbox";

export interface FunctionSettings {
  readonly source: string;
  readonly role?: string;
  /** Seconds. @default 900, the longest there is */
  readonly timeout?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Deploys a Node.js function from its source text.
 * @returns its ARN
 */
export async function deployFunction(
  sandbox: RunnerSandbox,
  name: string,
  { source, role = "function-role", timeout = 900, environment = {} }: FunctionSettings,
): Promise<string> {
  const zip = zipSync({ "index.js": strToU8(source) });
  const { endpoint, credentials } = await sandbox.access(account);
  const scope = `${credentials.accessKeyId}/20250101/us-east-1/lambda/aws4_request`;
  const response = await fetch(`${endpoint}/2015-03-31/functions`, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` },
    body: JSON.stringify({
      FunctionName: name,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: `arn:aws:iam::${account}:role/${role}`,
      Timeout: timeout,
      Environment: { Variables: environment },
      Code: { ZipFile: Buffer.from(zip).toString("base64") },
    }),
  });
  const { FunctionArn, message } = (await response.json()) as { FunctionArn?: string; message?: string };
  if (!FunctionArn) throw new Error(message ?? `CreateFunction answered ${response.status}`);
  return FunctionArn;
}
