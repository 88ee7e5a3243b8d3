import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CloudFormationClient, CreateStackCommand } from "@aws-sdk/client-cloudformation";
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Offering } from "./offering";

const logGroupName = "/mlops/prod/seed-repository";
const Bucket = "mlops-prod-projects-222222222222";

/**
 * Writes a secret, each time in another form, to a place of every kind that is searched.
 * @param bare folder of a repository
 * @returns the places
 */
export async function plant(secret: string, offering: Offering, bare: string): Promise<string[]> {
  const basic = Buffer.from(`oauth2:${secret}`).toString("base64");
  const file = join(offering.applied.folder, "planted.tfstate");
  writeFileSync(file, JSON.stringify({ password: secret }));
  const lost = execFileSync("git", ["-C", bare, "hash-object", "-w", "--stdin"], {
    input: `url = ${secret}@`,
  });
  const command = `command: ${offering.printed.push(`Authorization: Basic ${basic}`) - 1}`;
  expect(lost.toString()).toMatch(/^[0-9a-f]{40}\n$/);
  return [
    ...[command, `file: ${file}`, `repository: ${bare}`],
    ...[await inLog(offering, basic), await inObject(offering, basic), await inStack(offering, secret)],
    ...(await inRecords(offering, secret)),
  ].sort();
}

async function inLog({ access }: Offering, message: string): Promise<string> {
  const logs = new CloudWatchLogsClient(access);
  const logStreamName = "planted";
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = [{ timestamp: Date.now(), message }];
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  return `logs: ${logGroupName}`;
}

async function inObject({ access }: Offering, text: string): Promise<string> {
  const Key = "planted.json.gz";
  await new S3Client(access).send(new PutObjectCommand({ Bucket, Key, Body: gzipSync(text) }));
  return `object: ${Bucket}/${Key}`;
}

/** One that fails, for the address is none. */
async function inStack({ access }: Offering, secret: string): Promise<string> {
  const GitConfig = { RepositoryUrl: Buffer.from(secret).toString("hex") };
  const Repository = { Type: "AWS::SageMaker::CodeRepository", Properties: { GitConfig } };
  const { StackId = "" } = await new CloudFormationClient(access).send(
    new CreateStackCommand({
      StackName: "planted",
      TemplateBody: JSON.stringify({ Resources: { Repository } }),
    }),
  );
  return `stack: ${StackId}`;
}

/** What policies refuse is recorded, and paths of requests are logged. */
async function inRecords({ access, studio }: Offering, secret: string): Promise<string[]> {
  const read = new GetSecretValueCommand({ SecretId: secret });
  await expect(new SecretsManagerClient(studio).send(read)).rejects.toThrow("not authorized");
  const absent = new GetObjectCommand({ Bucket, Key: secret });
  await expect(new S3Client(access).send(absent)).rejects.toThrow();
  return ["log: local-aws.log", "log: needs.jsonl", "record: refusals"];
}
