import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "../../config/schema";
import { roleArn } from "../../core/arns";

/** Options for an AWS SDK client that works in one account. */
export interface AccountAccess {
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

/**
 * Assumes a role of an account, from whatever identity the caller has.
 * @throws Error that names the role when STS gives no credentials
 */
export async function accessAccount(environment: Environment, role: string): Promise<AccountAccess> {
  const { region, name } = environment;
  const RoleArn = roleArn(environment, role);
  const sts = new STSClient({ region });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: `mlops-${name}` }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken)
    throw new Error(`STS gave no credentials for ${RoleArn}`);
  return {
    region,
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  };
}
