import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { PackageChange } from "./approval";
import type { CiServer } from "./ci-server";
import { tableOfClaims } from "./claims";
import { gitlab, type GitlabSettings } from "./gitlab";
import { jenkins, type JenkinsSettings } from "./jenkins";
import { release } from "./release";

/** Which server, as the environment file of the registry says it. */
interface CiSettings {
  readonly jenkins?: JenkinsSettings;
  readonly gitlab?: GitlabSettings;
}

const [database, secrets] = [new DynamoDBClient(), new SecretsManagerClient()];

/**
 * Target of the rule that waits for approvals: asks the CI server that the variable `CI` describes (JSON) for the build of the version,
 * once an approval, with what is in the secret `SECRET`. `CLAIMS` is the table of what was asked for.
 * @throws Error where no build was asked for, or nobody knows: Lambda tries again, then the event lies in the queue of undelivered ones
 */
export async function handler(
  event: PackageChange,
  context: { readonly getRemainingTimeInMillis: () => number },
): Promise<{ readonly decision: string }> {
  const decision = await release(
    {
      claims: tableOfClaims(database, variable("CLAIMS")),
      ciServer: async () => ciServerOf(JSON.parse(variable("CI")) as CiSettings, await readSecret()),
      remaining: () => context.getRemainingTimeInMillis(),
    },
    event,
  );
  console.info(decision);
  return { decision };
}

function ciServerOf(settings: CiSettings, secret: string): CiServer {
  if (settings.jenkins) return jenkins(settings.jenkins, secret);
  if (settings.gitlab) return gitlab(settings.gitlab, secret);
  throw new Error("The variable CI must name a Jenkins or a GitLab");
}

/** Read each time: a token that is changed counts from the next approval on. */
async function readSecret(): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: variable("SECRET") }));
  return SecretString ?? "";
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`The variable ${name} is missing`);
  return value;
}
