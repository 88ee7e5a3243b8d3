import { S3Client } from "@aws-sdk/client-s3";
import { sealVersion } from "./seal-version";

const client = new S3Client();

/**
 * Handler of the step before a version is registered: keeps the files that it consists of where nobody overwrites them.
 * The event is `execution`, the execution's id, and S3 URIs by name; the answer has for each its new URI by the same name,
 * and its S3 version id by that name and `_version`.
 * Reads `RUNS` and `VERSIONS`, prefixes of S3 URIs that files are taken from and kept below, and `KEY`, the key's alias ARN.
 * @throws Error that fails the step, saying which file is not where executions write
 */
export async function handler(
  event: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string | number>>> {
  const places = { runs: variable("RUNS"), versions: variable("VERSIONS"), key: variable("KEY") };
  return { statusCode: 200, ...(await sealVersion(client, places, event)) };
}

function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`The variable ${name} must be set`);
  return value;
}
