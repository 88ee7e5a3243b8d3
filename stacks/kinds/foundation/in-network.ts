import type { Environment, Estate } from "../../../config/schema";
import type { AccountRegion } from "../../../core/arns";
import type { IdentityStatement } from "../../../core/policy";
import type { Network } from "../../../modules/ec2/statements";
import { networkOf, type InNetwork } from "../../network";
import { accountRegionOf } from "../../topology";

/** The policy of a role by which it works in the account's network; none where the account has none. */
export function inNetwork(
  estate: Estate,
  account: Environment & InNetwork,
  statementsOf: (where: AccountRegion, network: Network) => IdentityStatement[],
): Readonly<Record<string, readonly IdentityStatement[]>> {
  const network = networkOf(estate, account);
  return network ? { network: statementsOf(accountRegionOf(account), network) } : {};
}
