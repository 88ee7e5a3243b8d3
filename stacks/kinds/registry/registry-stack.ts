import type { Construct } from "constructs";
import type { Estate, RegistryEnvironment, WorkloadEnvironment } from "../../../config/schema";
import { accessRoleName } from "../../../core/access-roles";
import { bucketArn, everyKeyArn, keyAliasArn, roleArn } from "../../../core/arns";
import { modelRoleName, modelRoles } from "../../../core/naming";
import { packageGroupStatements, type RegistryUser } from "../../../modules/iam/registry-statements";
import { KmsKey } from "../../../modules/kms/kms-key";
import { PrivateBucket } from "../../../modules/s3/private-bucket";
import {
  artifactsAccessStatements,
  listingStatement,
  writeOnceStatement,
  type ArtifactsUser,
} from "../../../modules/s3/artifact-statements";
import { ModelPackageGroup } from "../../../modules/sagemaker/model-package-group";
import type { ModelDefinition } from "../../../pipelines/model";
import { addApprover } from "../../access/approver";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import {
  namesOfRegistry,
  namesOfWorkload,
  accountRegionOf,
  principalsOf,
  rolesNamed,
  runsAny,
  runsIn,
  servesIn,
  upstreamOf,
  usersOf,
} from "../../topology";
import { trainedFirstIn } from "../../training";
import { hasVersions, packageGroupsOf } from "./package-groups";

export interface RegistryStackProps extends AccountStackProps<RegistryEnvironment> {
  readonly models: readonly ModelDefinition[];
}

/** `registry`: the central artifacts bucket and one model package group a model, shared with the workloads. */
export class RegistryStack extends AccountStack {
  constructor(scope: Construct, id: string, props: RegistryStackProps) {
    const { estate, environment } = props;
    super(scope, id, props);
    this.artifacts(estate, environment);
    props.models.forEach((model) => {
      this.packageGroup(props, model);
    });
    addApprover(this, estate, environment, packageGroupsOf(estate, environment, props.models));
  }

  private artifacts(estate: Estate, registry: RegistryEnvironment): void {
    const { artifactsBucket, keyAlias } = namesOfRegistry(estate, registry);
    const workloads = usersOf(estate, registry);
    const arn = bucketArn(registry, artifactsBucket);
    const users = workloads.map((workload) => artifactsUser(estate, workload));
    const running = users.filter(({ runs }) => runs);
    const key = new KmsKey(this, "key", {
      description: `Model registry ${registry.name}`,
      accountRegion: accountRegionOf(registry),
      alias: keyAlias,
    });
    new PrivateBucket(this, "artifacts", {
      bucketName: artifactsBucket,
      region: registry.region,
      keyArn: key.arn,
      acceptedKeyArns: [
        key.arn,
        ...workloads.filter(runsAny).flatMap((workload) => keysOf(estate, workload)),
      ],
      statements: [
        writeOnceStatement(arn),
        ...users.flatMap((user) => artifactsAccessStatements(arn, user)),
        ...(running.length > 0 ? [listingStatement(arn, running)] : []),
      ],
    });
  }

  /** Named after the group, whatever the model is called: what it holds stays when a model is renamed. */
  private packageGroup({ estate, environment, models }: RegistryStackProps, model: ModelDefinition): void {
    const { name, modelPackageGroup: groupName } = model;
    const users = usersOf(estate, environment).filter((workload) => hasVersions(workload.models[name]));
    if (users.length === 0) return;
    const isGroup = models.some(({ modelPackageGroup }) => modelPackageGroup === name);
    new ModelPackageGroup(this, this.node.tryFindChild(groupName) ? `${groupName}-of-${name}` : groupName, {
      groupName,
      description: `Versions of ${groupName}`,
      formerId: isGroup ? undefined : name,
      statements: packageGroupStatements(
        accountRegionOf(environment),
        groupName,
        users.map((workload) => registryUser(estate, workload, model)),
      ),
    });
  }
}

/** The keys a workload's jobs may encrypt artifacts with: its own, by id or by alias. */
const keysOf = (estate: Estate, workload: WorkloadEnvironment): string[] => [
  everyKeyArn(accountRegionOf(workload)),
  keyAliasArn(accountRegionOf(workload), namesOfWorkload(estate, workload).keyAlias),
];

function artifactsUser(estate: Estate, workload: WorkloadEnvironment): ArtifactsUser {
  const { executionRole, lambdaRole, sealingRole } = namesOfWorkload(estate, workload);
  return {
    environment: workload.name,
    where: accountRegionOf(workload),
    upstream: upstreamOf(estate, workload).map(({ name }) => name),
    runs: runsAny(workload),
    execution: rolesNamed(workload, executionRole),
    sealing: [roleArn(workload, modelRoles(sealingRole))],
    lookup: rolesNamed(workload, lambdaRole),
  };
}

function registryUser(estate: Estate, workload: WorkloadEnvironment, model: ModelDefinition): RegistryUser {
  const { executionRole, lambdaRole, deployRole } = namesOfWorkload(estate, workload);
  const rolesOf = (base: string): string[] =>
    [modelRoleName(base, model.name), ...(workload.sharedRoles ? [base] : [])].map((role) =>
      roleArn(workload, role),
    );
  const scientist = accessRoleName(estate.shared.project, "scientist");
  const runs = runsIn(workload, model);
  const isReadByCi =
    workload.ci !== undefined &&
    (servesIn(workload, model) || trainedFirstIn(estate, workload, [model]).length > 0);
  return {
    accountRegion: accountRegionOf(workload),
    writers: runs ? rolesOf(executionRole) : [],
    readers: [
      ...(runs ? rolesOf(lambdaRole) : []),
      ...(principalsOf(workload, "scientist").length > 0 ? [roleArn(workload, scientist)] : []),
      ...(isReadByCi ? [roleArn(workload, deployRole)] : []),
    ],
    onlookers: workload.ci === undefined || isReadByCi ? [] : [roleArn(workload, deployRole)],
  };
}
