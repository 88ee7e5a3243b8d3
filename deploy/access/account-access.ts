import {
  GetCallerIdentityCommand,
  STSClient,
  type STSClientConfig,
  type STSClientResolvedConfig,
} from "@aws-sdk/client-sts";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import type { Environment } from "../../config/schema";
import { roleArn } from "../../core/arns";
import { assumptionError, WrongAccountError } from "./access-error";
import { callerArn, sessionNameOf } from "./caller";
import { callersCredentials, callersNetwork, type Network } from "./callers-clients";

/** Options of AWS clients that work in one account, for as long as it takes. */
export interface AccountAccess extends Network {
  readonly region: string;
  /** Assumes the role again before the credentials run out; all clients share them. */
  readonly credentials: STSClientResolvedConfig["credentials"];
  readonly maxAttempts: number;
}

const maxAttempts = 5;

/** Whoever assumes roles. */
export type Caller = NonNullable<STSClientConfig["credentials"]>;

/**
 * Assumes a role of an account and asks STS whether it leads there.
 * @param caller @default whatever identity the process has
 * @throws AccessError saying in one line what the caller lacks
 */
export async function accessAccount(
  environment: Environment,
  role: string,
  caller?: Caller,
): Promise<AccountAccess> {
  const { account, region } = environment;
  const network = callersNetwork();
  const RoleSessionName = sessionNameOf(await callerArn(region));
  const sts = new STSClient({
    ...network,
    region,
    maxAttempts,
    credentials: fromTemporaryCredentials({
      params: { RoleArn: roleArn(environment, role), RoleSessionName },
      clientConfig: { ...network, region },
      masterCredentials: caller ?? callersCredentials(network),
    }),
  });
  const { credentials } = sts.config; // the client keeps them until they run out
  await credentials().catch(async (error: unknown) => {
    throw await assumptionError(error as Error, environment, role);
  });
  const { Account } = await sts.send(new GetCallerIdentityCommand());
  if (Account !== account) throw new WrongAccountError(environment, role, Account);
  return { ...network, region, credentials, maxAttempts };
}
