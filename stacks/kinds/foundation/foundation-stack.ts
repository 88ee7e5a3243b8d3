import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import type { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { bucketArn, keyAliasArn, roleArn } from "../../../core/arns";
import type { WorkloadNames } from "../../../core/naming";
import { rolesOfAccount, type PolicyStatement } from "../../../core/policy";
import { rowPrefixes } from "../../../core/retention";
import type { LookedUpNetwork } from "../../../modules/ec2/looked-up-network";
import { Role } from "../../../modules/iam/role";
import { KmsKey } from "../../../modules/kms/kms-key";
import { JobLogGroups } from "../../../modules/logs/job-log-groups";
import { LogGroup } from "../../../modules/logs/log-group";
import { rowsInNetworkStatement } from "../../../modules/s3/network-statements";
import { PrivateBucket } from "../../../modules/s3/private-bucket";
import type { ModelDefinition } from "../../../pipelines/model";
import { addScientist } from "../../access/scientist";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import type { CiStackNeeds } from "../../context";
import { deployRolePolicies, managedDeployPolicies } from "./deploy-role";
import { ModelRoles } from "./model-roles";
import { keyStatements } from "./policies";
import { expirationsOf } from "./retention";
import { addSharedRoles } from "./shared-roles";
import { trainPolicies } from "./train-statements";
import { ciOf, namesOfWorkload, accountRegionOf, rolesNamed, runsIn } from "../../topology";

export interface FoundationStackProps extends AccountStackProps<WorkloadEnvironment> {
  /** The models that run in this environment. */
  readonly models: readonly ModelDefinition[];
  /** The stacks that the CI server applies here. */
  readonly appliedByCi: readonly CiStackNeeds[];
}

/** `<env>-foundation`: what holds data and what grants access, applied by an administrator. */
export class FoundationStack extends AccountStack {
  private readonly estate: Estate;
  private readonly workload: WorkloadEnvironment;
  private readonly models: readonly ModelDefinition[];
  private readonly appliedByCi: readonly CiStackNeeds[];
  private readonly names: WorkloadNames;

  constructor(scope: Construct, id: string, props: FoundationStackProps) {
    super(scope, id, props);
    this.estate = props.estate;
    this.workload = props.environment;
    this.models = props.models;
    this.appliedByCi = props.appliedByCi;
    this.names = namesOfWorkload(props.estate, props.environment);

    const network = this.lookUpNetwork(props.estate, props.environment);
    const key = this.key();
    this.dataBucket(key, network);
    this.logGroups(key);
    this.roles();
    this.deployRole();
    addScientist(this, this.estate, this.workload, this.models);
  }

  private key(): KmsKey {
    return new KmsKey(this, "key", {
      description: `Data, model artifacts and alerts of ${this.workload.name}`,
      accountRegion: accountRegionOf(this.workload),
      alias: this.names.keyAlias,
      statements: keyStatements(this.estate, this.workload),
    });
  }

  private dataBucket(key: KmsKey, network: LookedUpNetwork | undefined): void {
    new PrivateBucket(this, "data", {
      bucketName: this.names.dataBucket,
      region: this.workload.region,
      keyArn: key.arn,
      expirations: expirationsOf(this.workload, this.models),
      acceptedKeyArns: [key.arn, keyAliasArn(accountRegionOf(this.workload), this.names.keyAlias)],
      statements: this.rowsInNetwork(network),
    });
  }

  private rowsInNetwork(network: LookedUpNetwork | undefined): PolicyStatement[] {
    const { requiredByDataBucket, subnetIds = [] } = this.workload.network ?? {};
    if (!requiredByDataBucket) return [];
    return [
      rowsInNetworkStatement({
        bucketArn: bucketArn(this.workload, this.names.dataBucket),
        prefixes: rowPrefixes("*"),
        roles: rolesNamed(this.workload, this.names.executionRole),
        vpcId: network?.vpcId ?? new DataAwsSubnet(this, "given-subnet", { id: subnetIds[0] }).vpcId,
      }),
    ];
  }

  private logGroups(key: KmsKey): void {
    new LogGroup(this, "jenkins-log", { logGroupName: this.names.jenkinsLogGroup, keyArn: key.arn });
    new LogGroup(this, "function-log", { logGroupName: this.names.functionLogGroup, keyArn: key.arn });
    new JobLogGroups(this, "job-logs", { keyArn: key.arn });
  }

  private running(): ModelDefinition[] {
    return this.models.filter((model) => runsIn(this.workload, model));
  }

  private roles(): void {
    const { estate, workload, models } = this;
    if (workload.sharedRoles) addSharedRoles(this, estate, workload, this.running());
    models.forEach((model) => new ModelRoles(this, `roles-of-${model.name}`, { estate, workload, model }));
  }

  private deployRole(): void {
    const ci = ciOf(this.estate, this.workload);
    if (!ci) return;
    const server = roleArn(ci, ci.jenkinsServerRole);
    new Role(this, "deploy-role", {
      roleName: this.names.deployRole,
      description: `Lets Jenkins in ${ci.name} apply the model stacks, and nothing else`,
      trust: [
        { Effect: "Allow", ...rolesOfAccount(accountRegionOf(ci), [server]), Action: ["sts:AssumeRole"] },
      ],
      inlinePolicies: deployRolePolicies(this.estate, this.workload, this.appliedByCi),
      managedPolicies: {
        ...managedDeployPolicies(this.estate, this.workload, this.appliedByCi),
        ...trainPolicies(this.estate, this.workload, this.models),
      },
    });
  }
}
