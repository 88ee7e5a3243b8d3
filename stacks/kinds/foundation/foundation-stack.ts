import type { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { keyAliasArn, roleArn } from "../../../core/arns";
import type { WorkloadNames } from "../../../core/naming";
import { rolesOfAccount, serviceTrust } from "../../../core/policy";
import { Role } from "../../../modules/iam/role";
import { KmsKey } from "../../../modules/kms/kms-key";
import { LogGroup } from "../../../modules/logs/log-group";
import { PrivateBucket } from "../../../modules/s3/private-bucket";
import type { ModelDefinition } from "../../../pipelines/model";
import { addScientist } from "../../access/scientist";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import type { CiStackNeeds } from "../../context";
import { deployRolePolicies, managementPolicies } from "./deploy-role";
import { executionRolePolicies, keyStatements, lambdaRolePolicies, pipelinePolicies } from "./policies";
import { retrainingRolePolicies } from "./retraining";
import { ciOf, namesOfWorkload, accountRegionOf } from "../../topology";

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

    const key = this.key();
    this.dataBucket(key);
    this.logGroups(key);
    this.lambdaRole();
    this.retrainingRole();
    this.executionRole();
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

  private dataBucket(key: KmsKey): void {
    new PrivateBucket(this, "data", {
      bucketName: this.names.dataBucket,
      region: this.workload.region,
      keyArn: key.arn,
      acceptedKeyArns: [key.arn, keyAliasArn(accountRegionOf(this.workload), this.names.keyAlias)],
    });
  }

  private logGroups(key: KmsKey): void {
    new LogGroup(this, "jenkins-log", { logGroupName: this.names.jenkinsLogGroup, keyArn: key.arn });
    new LogGroup(this, "function-log", { logGroupName: this.names.functionLogGroup, keyArn: key.arn });
  }

  private lambdaRole(): void {
    new Role(this, "lambda-role", {
      roleName: this.names.lambdaRole,
      description: "Looks up approved model versions in the central registry",
      trust: [serviceTrust(["lambda.amazonaws.com"], this.workload.account)],
      inlinePolicies: lambdaRolePolicies(this.estate, this.workload, this.models),
    });
  }

  private retrainingRole(): void {
    const policies = retrainingRolePolicies(this.estate, this.workload, this.models);
    if (Object.keys(policies).length === 0) return;
    new Role(this, "retraining-role", {
      roleName: this.names.retrainingRole,
      description: "Starts training where a monitor has found data drift",
      trust: [serviceTrust(["lambda.amazonaws.com"], this.workload.account)],
      inlinePolicies: policies,
    });
  }

  private executionRole(): void {
    new Role(this, "execution-role", {
      roleName: this.names.executionRole,
      description: "Runs SageMaker pipelines, and starts them for EventBridge",
      trust: [serviceTrust(["events.amazonaws.com", "sagemaker.amazonaws.com"], this.workload.account)],
      inlinePolicies: executionRolePolicies(this.estate, this.workload, this.models),
      managedPolicies: pipelinePolicies(this.estate, this.workload, this.models),
    });
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
      managedPolicies: managementPolicies(this.appliedByCi),
    });
  }
}
