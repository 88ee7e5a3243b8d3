import { STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { callersAgent } from "../../tools/network/callers-network";

/** How an AWS client reaches AWS. */
export type Network = Pick<STSClientConfig, "requestHandler">;

/** The caller's network, for every AWS client of a command; nothing where it is as the SDK has it anyway. */
export function callersNetwork(): Network {
  const httpsAgent = callersAgent();
  return httpsAgent === undefined ? {} : { requestHandler: { httpsAgent } };
}

/** The caller's own credentials; the clients that the SDK makes to get them, as at a log-in, take the same network. */
export const callersCredentials = (network: Network) =>
  network.requestHandler && fromNodeProviderChain({ clientConfig: network });

/** STS, as the caller without any role. */
export function callersStsClient(region: string): STSClient {
  const network = callersNetwork();
  return new STSClient({ ...network, region, credentials: callersCredentials(network) });
}
