import { accountRootArn, modelPackageGroupArn, modelPackagesArn, type AccountRegion } from "../../core/arns";
import { rolesOfAccount, type IdentityStatement, type PolicyStatement } from "../../core/policy";

const readVersionActions = ["sagemaker:DescribeModelPackage", "sagemaker:ListModelPackages"];
const useVersionActions = [...readVersionActions, "sagemaker:CreateModelPackage"];

/** A workload account that shares a model package group, with the roles that use it. */
export interface RegistryUser {
  readonly accountRegion: AccountRegion;
  /** Roles that register and use versions. */
  readonly writers: readonly string[];
  /** Roles that only look versions up. */
  readonly readers: readonly string[];
  /** Roles that only see whether the group is there, and lets the account in. */
  readonly onlookers: readonly string[];
}

/**
 * Resource policy of a model package group, for every workload account that uses it. `CreateModelPackage` is authorised on the
 * version, and on the group where one is named.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-version.html
 */
export function packageGroupStatements(
  where: AccountRegion,
  group: string,
  users: readonly RegistryUser[],
): PolicyStatement[] {
  const groups = [modelPackageGroupArn(where, group)];
  const versions = [modelPackagesArn(where, group)];
  const shared = users.flatMap(({ accountRegion: user, writers, readers, onlookers }): PolicyStatement[] => [
    ...allow(`GroupOf${user.account}`, user, [...writers, ...readers, ...onlookers], {
      Action: ["sagemaker:DescribeModelPackageGroup"],
      Resource: groups,
    }),
    ...allow(`UseVersions${user.account}`, user, writers, {
      Action: useVersionActions,
      Resource: [...groups, ...versions],
    }),
    ...allow(`ReadVersions${user.account}`, user, readers, {
      Action: readVersionActions,
      Resource: versions,
    }),
  ]);
  const accounts = users.map(({ accountRegion }) => accountRootArn(accountRegion));
  return [...shared, denyApprovalStatement(accounts, [...groups, ...versions])];
}

/** Nothing where there are no such roles: an account that only serves registers nothing. */
const allow = (
  Sid: string,
  user: AccountRegion,
  roles: readonly string[],
  on: Pick<PolicyStatement, "Action" | "Resource">,
): PolicyStatement[] =>
  roles.length === 0 ? [] : [{ Sid, Effect: "Allow", ...rolesOfAccount(user, roles), ...on }];

/**
 * Whoever trains does not approve, whatever its account's own policies allow: a version comes in pending, and stays so until
 * somebody of the registry's account decides.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
const denyApprovalStatement = (
  accounts: readonly string[],
  resources: readonly string[],
): PolicyStatement => ({
  Sid: "DenyApproval",
  Effect: "Deny",
  Principal: { AWS: accounts },
  Action: ["sagemaker:CreateModelPackage", "sagemaker:UpdateModelPackage"],
  Resource: resources,
  Condition: { StringNotEquals: { "sagemaker:ModelApprovalStatus": "PendingManualApproval" } },
});

/** Identity policy of the Lambda role: look up versions of the groups in the registry account, write nothing. */
export function lookUpVersionsStatements(
  registry: AccountRegion,
  groups: readonly string[],
): IdentityStatement[] {
  return [
    {
      Sid: "Versions",
      Effect: "Allow",
      Action: ["sagemaker:ListModelPackages", "sagemaker:DescribeModelPackage"],
      Resource: groups.map((group) => modelPackagesArn(registry, group)),
    },
    {
      Sid: "Groups",
      Effect: "Allow",
      Action: ["sagemaker:DescribeModelPackageGroup"],
      Resource: groups.map((group) => modelPackageGroupArn(registry, group)),
    },
  ];
}

/**
 * Identity policy of the approver: say of versions whether they are approved, and leave what was registered with them as it is.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
 */
export const decideStatement = (resources: readonly string[]): IdentityStatement => ({
  Sid: "Decide",
  Effect: "Allow",
  Action: ["sagemaker:UpdateModelPackage"],
  Resource: resources,
  Condition: {
    StringEquals: { "sagemaker:ModelApprovalStatus": ["Approved", "Rejected"] },
    Null: { "sagemaker:CustomerMetadataPropertiesToRemove": "true" },
  },
});

/** Identity policy of the execution role. */
export function createPackageGroupStatements(
  registry: AccountRegion,
  groups: readonly string[],
): IdentityStatement[] {
  return [
    {
      Sid: "Groups",
      Effect: "Allow",
      Action: ["sagemaker:CreateModelPackageGroup"],
      Resource: groups.map((group) => modelPackageGroupArn(registry, group)),
    },
  ];
}
