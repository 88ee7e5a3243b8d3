import { regionalArn, type AccountRegion } from "../../core/arns";
import type { IdentityStatement } from "../../core/policy";

/** Where jobs and functions run. */
export interface Network {
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
}

const allow = (
  Sid: string,
  Resource: readonly string[],
  actions: readonly string[],
  Condition?: IdentityStatement["Condition"],
): IdentityStatement => ({
  Sid,
  Effect: "Allow",
  Action: actions.map((action) => `ec2:${action}`),
  Resource,
  ...(Condition && { Condition }),
});

/** Subnets and groups may be another account's that shares them. */
const shared = ({ region }: AccountRegion, kind: string, ids: readonly string[]): string[] =>
  ids.map((id) => regionalArn("ec2", { region, account: "*" }, `${kind}/${id}`));

const interfacesOf = (where: AccountRegion): string => regionalArn("ec2", where, "network-interface/*");

/** Interfaces are made in these subnets, with these groups, and nowhere else. */
const makeInterfaces = (where: AccountRegion, { subnetIds, securityGroupIds }: Network): IdentityStatement =>
  allow(
    "MakeInterfaces",
    [
      interfacesOf(where),
      ...shared(where, "subnet", subnetIds),
      ...shared(where, "security-group", securityGroupIds),
    ],
    ["CreateNetworkInterface"],
  );

const jobsAndModels = ["CreateModel", "CreateProcessingJob", "CreateTrainingJob"];

const refuse = (Sid: string, Condition: NonNullable<IdentityStatement["Condition"]>): IdentityStatement => ({
  Sid,
  Effect: "Deny",
  Action: jobsAndModels.map((action) => `sagemaker:${action}`),
  Resource: ["*"],
  Condition,
});

/**
 * Identity policy of a role that SageMaker makes interfaces as: those of jobs, and of what serves.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html
 */
export const interfaceStatements = (where: AccountRegion, network: Network): IdentityStatement[] => [
  makeInterfaces(where, network),
  allow("Interfaces", [interfacesOf(where)], ["CreateNetworkInterfacePermission", "DeleteNetworkInterface"], {
    ArnLike: { "ec2:Subnet": shared(where, "subnet", network.subnetIds) },
  }),
  // EC2 knows no single resource for the most of these, and need not be told one for the first.
  allow(
    "Networks",
    ["*"],
    [
      "DeleteNetworkInterfacePermission",
      "DescribeDhcpOptions",
      "DescribeNetworkInterfaces",
      "DescribeSecurityGroups",
      "DescribeSubnets",
      "DescribeVpcs",
    ],
  ),
];

/** Identity policy of the execution role: jobs in this network, and none elsewhere. */
export const jobNetworkStatements = (where: AccountRegion, network: Network): IdentityStatement[] => [
  ...interfaceStatements(where, network),
  refuse("NeverElsewhere", { Null: { "sagemaker:VpcSubnets": "true" } }),
  refuse("NeverOtherSubnets", {
    "ForAnyValue:StringNotEquals": { "sagemaker:VpcSubnets": network.subnetIds },
  }),
  refuse("NeverOtherGroups", {
    "ForAnyValue:StringNotEquals": { "sagemaker:VpcSecurityGroupIds": network.securityGroupIds },
  }),
];

/**
 * Identity policy of a function's role: Lambda uses it, the function's own code may not. To remove interfaces, Lambda wants to be allowed
 * all of the account's resources.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const functionNetworkStatements = (where: AccountRegion, network: Network): IdentityStatement[] => [
  makeInterfaces(where, network),
  allow(
    "Interfaces",
    [interfacesOf(where), regionalArn("ec2", where, "*/*")],
    ["AssignPrivateIpAddresses", "DeleteNetworkInterface", "UnassignPrivateIpAddresses"],
  ),
  allow("Networks", ["*"], ["DescribeNetworkInterfaces", "DescribeSubnets"]),
  {
    Sid: "NeverByItsCode",
    Effect: "Deny",
    Action: ["ec2:*"],
    Resource: ["*"],
    Condition: { Null: { "lambda:SourceFunctionArn": "false" } },
  },
];
