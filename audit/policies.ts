import type { AccountRegion } from "../core/arns";
import type { PolicyStatement } from "../core/policy";
import type { NamedType } from "./arn-of";
import type { Resource } from "./resources";

export interface PolicyDocument {
  readonly Statement: readonly PolicyStatement[];
}

/** A policy by the name that people know it by. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: PolicyDocument;
}

/** A role or a user, and what it may do by itself. */
export interface Role {
  readonly arn: string;
  readonly where: AccountRegion;
  readonly policies: readonly NamedPolicy[];
}

/** What policies of their own guard, by ARN. */
export interface Guarded {
  readonly arn: string;
  readonly where: AccountRegion;
  readonly type: NamedType;
  /** None: only the account's own principals come into question. */
  readonly policy: PolicyDocument | undefined;
}

/** Every policy of an estate. */
export interface Policies {
  readonly roles: readonly Role[];
  readonly guarded: readonly Guarded[];
}

/** Collects the policies of synthesised stacks. */
export function policiesOf(resources: readonly Resource[]): Policies {
  return { roles: [...rolesIn(resources), ...usersIn(resources)], guarded: guardedIn(resources) };
}

const ofType = (resources: readonly Resource[], type: string): Resource[] =>
  resources.filter((resource) => resource.type === type);
const text = ({ attributes }: Resource, name: string): string => String(attributes[name]);
const parse = (policy: unknown): PolicyDocument => JSON.parse(String(policy)) as PolicyDocument;

function rolesIn(resources: readonly Resource[]): Role[] {
  const sameAccount = (one: Resource, other: Resource): boolean => one.where.account === other.where.account;
  const policies = new Map(
    ofType(resources, "aws_iam_policy").map((one) => [one.arn, parse(one.attributes.policy)]),
  );
  return ofType(resources, "aws_iam_role").map((role) => {
    const of = (type: string) =>
      ofType(resources, type).filter(
        (one) => sameAccount(one, role) && text(one, "role") === text(role, "name"),
      );
    return {
      arn: role.arn ?? "",
      where: role.where,
      policies: [
        ...of("aws_iam_role_policy").map((one) => ({
          name: text(one, "name"),
          policy: parse(one.attributes.policy),
        })),
        ...of("aws_iam_role_policy_attachment").map((one) => ({
          name: nameOfPolicy(text(one, "policy_arn")),
          policy: attached(policies, text(one, "policy_arn")),
        })),
      ],
    };
  });
}

const usersIn = (resources: readonly Resource[]): Role[] =>
  ofType(resources, "aws_iam_user").map((user) => ({
    arn: user.arn ?? "",
    where: user.where,
    policies: ofType(resources, "aws_iam_user_policy")
      .filter((one) => one.where.account === user.where.account && text(one, "user") === text(user, "name"))
      .map((one) => ({ name: text(one, "name"), policy: parse(one.attributes.policy) })),
  }));

const nameOfPolicy = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** @throws Error for a policy that is not of the estate, whose text nobody here knows */
function attached(policies: ReadonlyMap<string | undefined, PolicyDocument>, arn: string): PolicyDocument {
  const policy = policies.get(arn);
  if (!policy) throw new Error(`policy ${arn} is attached, but no stack makes it`);
  return policy;
}

/** Where the policy that guards a type of resource is written. */
const policyOf: Readonly<Record<string, (one: Resource, all: readonly Resource[]) => unknown>> = {
  aws_iam_role: (role) => role.attributes.assume_role_policy,
  aws_kms_key: (key) => key.attributes.policy,
  aws_lambda_function: permissionsOf,
  aws_s3_bucket: (bucket, all) =>
    ofType(all, "aws_s3_bucket_policy").find((one) => text(one, "bucket") === text(bucket, "bucket"))
      ?.attributes.policy,
  aws_sagemaker_model_package_group: (group, all) =>
    ofType(all, "aws_sagemaker_model_package_group_policy").find(
      (one) => text(one, "model_package_group_name") === text(group, "model_package_group_name"),
    )?.attributes.resource_policy,
  aws_sns_topic: (topic, all) =>
    ofType(all, "aws_sns_topic_policy").find((one) => text(one, "arn") === topic.arn)?.attributes.policy,
  aws_sqs_queue: (queue) => queue.attributes.policy,
};

function guardedIn(resources: readonly Resource[]): Guarded[] {
  return resources.flatMap((one) => {
    if (one.arn === undefined) return [];
    const policy = policyOf[one.type]?.(one, resources);
    return [
      {
        arn: one.arn,
        where: one.where,
        type: one.type as NamedType,
        policy: policy === undefined ? undefined : parse(policy),
      },
    ];
  });
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
function permissionsOf(fn: Resource, all: readonly Resource[]): string | undefined {
  const permissions = ofType(all, "aws_lambda_permission").filter((one) =>
    [fn.arn, fn.attributes.function_name].includes(text(one, "function_name")),
  );
  if (permissions.length === 0) return undefined;
  const Statement = permissions.map((one): PolicyStatement => {
    const { action, principal } = one.attributes;
    const given = (name: string): string | undefined =>
      name in one.attributes ? text(one, name) : undefined;
    const [arn, account] = [given("source_arn"), given("source_account")];
    return {
      Effect: "Allow",
      Principal: { Service: [String(principal)] },
      Action: [String(action)],
      Resource: [fn.arn ?? ""],
      Condition: {
        ...(arn === undefined ? {} : { ArnLike: { "AWS:SourceArn": arn } }),
        ...(account === undefined ? {} : { StringEquals: { "AWS:SourceAccount": account } }),
      },
    };
  });
  return JSON.stringify({ Version: "2012-10-17", Statement });
}
