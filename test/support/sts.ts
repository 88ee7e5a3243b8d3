import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
// What `fromTemporaryCredentials` itself assumes roles with.
import { AssumeRoleCommand, STSClient as RoleAssumer } from "@aws-sdk/nested-clients/sts";
import { mockClient } from "aws-sdk-client-mock";

export { AssumeRoleCommand };

/** Who a client's credentials are: `mockSts` gives those of a role the role's ARN as their key. */
export const callerOf = async (client: STSClient): Promise<string> =>
  (await client.config.credentials()).accessKeyId;

/**
 * STS that lets the caller assume every role, and says of each role that it is in its own account.
 * @returns what takes the calls for roles, and what those for identities
 */
export function mockSts() {
  const roles = mockClient(RoleAssumer);
  const identities = mockClient(STSClient);
  roles.on(AssumeRoleCommand).callsFake(({ RoleArn }: { RoleArn: string }) => ({
    Credentials: {
      AccessKeyId: RoleArn,
      SecretAccessKey: "secret",
      SessionToken: "token",
      Expiration: new Date(Date.now() + 3_600_000),
    },
  }));
  identities.on(GetCallerIdentityCommand).callsFake(async (_, client: () => STSClient) => {
    const role = await callerOf(client());
    return { Account: role.split(":")[4], Arn: role };
  });
  return { roles, identities };
}
