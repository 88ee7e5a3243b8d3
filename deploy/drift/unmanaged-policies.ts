import { attributeChanges, type AttributeChange } from "../plans/summary/attribute-changes";
import { isList, isObject } from "../plans/summary/values";
import type { Json, Resource } from "../terraform/plan-json";

/** A list in which each member is managed by a resource of its own. */
interface Membership {
  /** Type of resource whose list it is. */
  readonly resourceType: string;
  /** The list. */
  readonly attribute: "inline_policy" | "managed_policy_arns";
  /** Type of the resources that manage its members, of the resource that their `role` names. */
  readonly member: string;
  /** Attribute by which a member's resource names it. */
  readonly name: string;
  readonly nameOf: (member: Json) => Json | undefined;
}

const memberships: readonly Membership[] = [
  {
    resourceType: "aws_iam_role",
    attribute: "inline_policy",
    member: "aws_iam_role_policy",
    name: "name",
    nameOf: (policy) => (isObject(policy) ? policy.name : undefined),
  },
  {
    resourceType: "aws_iam_role",
    attribute: "managed_policy_arns",
    member: "aws_iam_role_policy_attachment",
    name: "policy_arn",
    nameOf: (arn) => arn,
  },
];

/** A policy on a role that no resource of the stack has put there. */
export interface UnmanagedMember {
  /** Name of the role. */
  readonly owner: string;
  readonly list: Membership["attribute"];
  /** Name of an inline policy, ARN of an attached one. */
  readonly name: string;
  readonly change: AttributeChange;
}

/**
 * What a role has that no resource of the stack gives it: a policy that somebody else has put there. The state takes
 * such a thing in at the next apply, and no plan ever takes it away, so it is reported for as long as it is there.
 */
export function unmanagedMembers(resource: Resource, deployed: readonly Resource[]): UnmanagedMember[] {
  return memberships
    .filter(({ resourceType }) => resourceType === resource.type)
    .flatMap((membership) => {
      const { attribute, nameOf } = membership;
      const list = resource.values[attribute];
      const managed = managedNames(membership, resource, deployed);
      const unmanaged = isList(list) ? list.filter((item) => !managed.includes(nameOf(item))) : [];
      return unmanaged.flatMap((item) =>
        attributeChanges({
          actions: ["update"],
          before: { [attribute]: [] },
          after: { [attribute]: [item] },
        }).map((change) => ({
          owner: textOf(resource.values.name),
          list: attribute,
          name: textOf(nameOf(item)),
          change,
        })),
      );
    });
}

const textOf = (value: Json | undefined): string => (typeof value === "string" ? value : "");

const managedNames = (
  { member, name }: Membership,
  role: Resource,
  deployed: readonly Resource[],
): (Json | undefined)[] =>
  deployed
    .filter(({ type, values }) => type === member && values.role === role.values.name)
    .map(({ values }) => values[name]);
