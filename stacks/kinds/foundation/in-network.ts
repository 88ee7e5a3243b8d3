import type { RegistryEnvironment, WorkloadEnvironment } from "../../../config/schema";
import type { AccountRegion } from "../../../core/arns";
import type { IdentityStatement } from "../../../core/policy";
import type { Network } from "../../../modules/ec2/statements";
import { accountRegionOf } from "../../topology";

/** The policy of a role by which it works in the account's network; none where the account has none. */
export const inNetwork = (
  environment: WorkloadEnvironment | RegistryEnvironment,
  statementsOf: (where: AccountRegion, network: Network) => IdentityStatement[],
): Readonly<Record<string, readonly IdentityStatement[]>> =>
  environment.network ? { network: statementsOf(accountRegionOf(environment), environment.network) } : {};
