import type { WorkloadEnvironment } from "../../../config/schema";
import type { Network } from "../../../modules/ec2/statements";

/**
 * Where functions run that call servers of code and CI: in the network that an account's file names. From one that the stacks make nothing
 * leads there, and Lambda's own do.
 */
export const networkThatLeadsOut = ({ network }: WorkloadEnvironment): Network | undefined =>
  network?.subnetIds && network.securityGroupIds
    ? { subnetIds: network.subnetIds, securityGroupIds: network.securityGroupIds }
    : undefined;
