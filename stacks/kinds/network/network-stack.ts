import type { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { FlowLog } from "../../../modules/ec2/flow-log";
import { JobsGroup } from "../../../modules/ec2/jobs-group";
import { PrivateEndpoints } from "../../../modules/ec2/private-endpoints";
import { PrivateNetwork } from "../../../modules/ec2/private-network";
import { KmsKey } from "../../../modules/kms/kms-key";
import { logsUseStatement } from "../../../modules/kms/statements";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { madeNetwork } from "../../network";
import { accountRegionOf } from "../../topology";
import { interfacesOf, s3Of } from "./endpoints";

/** `<env>-network`: where jobs, functions and endpoints of an account run, with a way to its services and none out. */
export class NetworkStack extends AccountStack {
  private readonly workload: WorkloadEnvironment;
  private readonly made: NonNullable<ReturnType<typeof madeNetwork>>;

  constructor(scope: Construct, id: string, props: AccountStackProps<WorkloadEnvironment>) {
    super(scope, id, props);
    const { estate, environment } = props;
    this.workload = environment;
    this.made = madeOf(estate, environment);
    const network = this.network();
    const endpoints = new PrivateEndpoints(this, "endpoints", {
      network,
      networkName: this.made.names.network,
      region: environment.region,
      cidr: this.made.cidr,
      s3: s3Of(estate, environment),
      interfaces: interfacesOf(estate, environment),
    });
    new JobsGroup(this, "jobs", { groupName: this.made.names.jobs, vpcId: network.vpcId, endpoints });
    this.flowLog(network);
  }

  private network(): PrivateNetwork {
    return new PrivateNetwork(this, "network", {
      networkName: this.made.names.network,
      region: this.workload.region,
      cidr: this.made.cidr,
      subnets: this.made.subnets,
    });
  }

  private flowLog({ vpcId }: PrivateNetwork): void {
    const { network, keyAlias, flowLogGroup, flowLogRole } = this.made.names;
    const accountRegion = accountRegionOf(this.workload);
    const key = new KmsKey(this, "key", {
      description: `Flow logs of ${network}`,
      accountRegion,
      alias: keyAlias,
      statements: [logsUseStatement(accountRegion)],
    });
    new FlowLog(this, "flow-log", {
      accountRegion,
      vpcId,
      logGroupName: flowLogGroup,
      roleName: flowLogRole,
      keyArn: key.arn,
    });
  }
}

/** @throws Error where the account makes none */
function madeOf(estate: Estate, workload: WorkloadEnvironment): NonNullable<ReturnType<typeof madeNetwork>> {
  const made = madeNetwork(estate, workload);
  if (!made) throw new Error(`environment ${workload.name} makes no network`);
  return made;
}
