import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Secret } from "../../stacks/kind";
import type { AccountAccess } from "../access/account-access";
import { missing, oneLine, present, type Finding } from "./finding";

/** Whether secrets stand that people put into an account, and hold something; what they hold is not read. */
export const checkSecrets = (
  account: string,
  secrets: readonly Secret[],
  access: AccountAccess,
): Promise<Finding[]> => {
  const client = new SecretsManagerClient(access);
  return Promise.all(secrets.map((secret) => checkSecret(client, account, secret)));
};

async function checkSecret(client: SecretsManagerClient, account: string, secret: Secret): Promise<Finding> {
  const { name } = secret;
  const subject = `Secret of ${account}`;
  try {
    const { VersionIdsToStages = {}, DeletedDate } = await client.send(
      new DescribeSecretCommand({ SecretId: name }),
    );
    if (DeletedDate) return missing(subject, `${name} is about to be deleted`, restore(name));
    if (Object.values(VersionIdsToStages).some((stages) => stages.includes("AWSCURRENT")))
      return present(subject, name);
    return missing(subject, `${name} is empty`, put("put-secret-value --secret-id", secret));
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException")
      return missing(subject, `there is no secret ${name}`, put("create-secret --name", secret));
    return missing(subject, oneLine(error), "let the role look: secretsmanager:DescribeSecret");
  }
}

/** From a file: what stands in a command line is kept in a history. */
const put = (command: string, { name, holds }: Secret): string =>
  `aws secretsmanager ${command} ${name} --secret-string file://FILE, which holds ${holds}`;

const restore = (name: string): string => `aws secretsmanager restore-secret --secret-id ${name}`;
