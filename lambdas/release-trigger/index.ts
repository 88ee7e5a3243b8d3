import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { PackageChange } from "./approval";
import type { CiServer } from "./ci-server";
import { tableOfClaims } from "./claims";
import { gitlab } from "./gitlab";
import { jenkins } from "./jenkins";
import { release } from "./release";
import { targetOf, type CiSettings, type NamedRelease, type Target } from "./target";

const [database, secrets] = [new DynamoDBClient(), new SecretsManagerClient()];

/**
 * Target of the rule that waits for approvals: asks the CI server that the variable `CI` describes (JSON) for the build of the version,
 * once an approval, with what is in the secret that it names, or `SECRET`. `CLAIMS` is the table of what was asked for. Where `CI` names no job,
 * the event's `release` does, which the rule's own target writes beside `detail`.
 * @throws Error where no build was asked for, or nobody knows: Lambda tries again, then the event lies in the queue of undelivered ones
 */
export async function handler(
  event: PackageChange & { readonly release?: NamedRelease },
  context: { readonly getRemainingTimeInMillis: () => number },
): Promise<{ readonly decision: string }> {
  const decision = await release(
    {
      claims: tableOfClaims(database, variable("CLAIMS")),
      ciServer: async () => ciServerOf(targetOf(JSON.parse(variable("CI")) as CiSettings, event.release)),
      remaining: () => context.getRemainingTimeInMillis(),
    },
    event,
  );
  console.info(decision);
  return { decision };
}

async function ciServerOf(target: Target): Promise<CiServer> {
  const secret = await readSecret(target.secret ?? variable("SECRET"));
  return "jenkins" in target ? jenkins(target.jenkins, secret) : gitlab(target.gitlab, secret);
}

/** Read each time: a token that is changed counts from the next approval on. */
async function readSecret(SecretId: string): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  return SecretString ?? "";
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`The variable ${name} is missing`);
  return value;
}
