import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { textIn } from "../release-trigger/secret";
import { Seeder, type Surroundings } from "./actions";
import type { ResourceRequest } from "./custom-resource";
import { Redaction } from "./redaction";
import { respond } from "./respond";

const [s3, secrets] = [new S3Client(), new SecretsManagerClient()];

/**
 * `Custom::SeededRepository`: fills a project's repository with its template's code. Seeds are in the bucket `SEEDS_BUCKET`; GitHub is reached
 * through the connection `CONNECTION`, GitLab at `GITLAB_URL` with the token in the secret `GITLAB_TOKEN_SECRET`, JSON `{"token"}`.
 */
export async function handler(
  request: ResourceRequest,
  context: { readonly getRemainingTimeInMillis: () => number },
): Promise<void> {
  const redaction = new Redaction();
  await respond(request, new Seeder(surroundings(redaction)), redaction, context.getRemainingTimeInMillis());
}

function surroundings(redaction: Redaction): Surroundings {
  return {
    redaction,
    connection: () => variable("CONNECTION"),
    gitlabUrl: () => variable("GITLAB_URL").replace(/\/+$/, ""),
    gitlabToken: async () => {
      const token = await readToken(variable("GITLAB_TOKEN_SECRET"));
      redaction.add(token);
      return token;
    },
    credentials: () => s3.config.credentials(),
    archive: readArchive,
  };
}

async function readToken(SecretId: string): Promise<string> {
  try {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    return textIn(SecretString ?? "", "token");
  } catch (error) {
    throw new Error(`The secret ${SecretId} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function readArchive(Key: string, VersionId: string): Promise<Uint8Array> {
  const Bucket = variable("SEEDS_BUCKET");
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    const where = `s3://${Bucket}/${Key} (version ${VersionId})`;
    throw new Error(`The seed ${where} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** Read when it is used: an environment has GitHub, or GitLab, or both. */
function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "")
    throw new Error(
      `The function has no variable ${name}: the environment's projectTemplates do not name it`,
    );
  return value;
}
