import type { Estate, WorkloadEnvironment } from "../config/schema";
import { standInId } from "../core/drawn-ids";
import { resourceName } from "../core/name-limits";
import type { Network } from "../modules/ec2/statements";

type Settings = NonNullable<WorkloadEnvironment["network"]>;

/** An account, and what its file says of a network. */
export interface InNetwork {
  readonly name: string;
  readonly network?: Settings | undefined;
}

/** What an account's file asks of the network that its stacks make; undefined where they make none. */
export function madeNetwork({ shared: { project } }: Estate, { name, network }: InNetwork) {
  if (network?.create === undefined) return undefined;
  const called = `${project}-${name}-network`;
  return {
    /** Names in tags, by which stacks beside it find what AWS drew ids for. */
    names: {
      network: called,
      jobs: `${called}-jobs`,
      keyAlias: resourceName("keyAlias", `alias/${called}`),
      flowLogGroup: resourceName("logGroup", `/${project}/${name}/network`),
      flowLogRole: resourceName("role", called, "flow-logs"),
    },
    cidr: network.cidr ?? "10.0.0.0/20",
    /** By the letters of their zones. */
    subnets: Object.fromEntries(
      (network.zones ?? ["a", "b"]).toSorted().map((zone) => [zone, `${called}-${zone}`]),
    ),
    services: network.services ?? [],
  };
}

/** Where jobs and functions of an account run: ids as its file has them, or texts that stand for those of the network it makes. */
export function networkOf(estate: Estate, account: InNetwork): Network | undefined {
  if (!account.network) return undefined;
  const made = madeNetwork(estate, account);
  return made
    ? {
        subnetIds: Object.values(made.subnets).map((name) => standInId("aws_subnet", name)),
        securityGroupIds: [standInId("aws_security_group", made.names.jobs)],
      }
    : givenIn(account.network);
}

const givenIn = ({ subnetIds = [], securityGroupIds = [] }: Settings): Network => ({
  subnetIds,
  securityGroupIds,
});
