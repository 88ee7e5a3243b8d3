import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import { policyDocument, type IdentityStatement, type PolicyStatement } from "../../core/policy";
import { managedPolicy } from "./managed-policy";

export interface RoleProps {
  readonly roleName: string;
  readonly description: string;
  /** Who may assume the role, and under which conditions. */
  readonly trust: readonly PolicyStatement[];
  /** Inline policies by name. @default none */
  readonly inlinePolicies?: Readonly<Record<string, readonly IdentityStatement[]>>;
  /**
   * Customer-managed policies by name, for what outgrows the 10,240 characters all inline policies of a role share.
   * @default none
   */
  readonly managedPolicies?: Readonly<Record<string, readonly IdentityStatement[]>>;
  /** What has to stand before, such as a provider that it trusts. @default nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: the quota of managed policies a role at its highest; an account's own is 10 until it is raised. */
const managedPoliciesLimit = 20;
const inlinePoliciesLimit = 10_240;
/** The quota of a trust policy's length at its highest; an account's own is 2,048 until it is raised. */
const trustLimit = 4096;

const boundaryOf = "permissions-boundary";

/** Bounds every role made within a construct from now on. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
export const boundRolesIn = (scope: Construct, policyArn: string): void => {
  scope.node.setContext(boundaryOf, policyArn);
};

/** The boundary of principals that are made within a construct. */
export const boundaryIn = (scope: Construct): string | undefined =>
  scope.node.tryGetContext(boundaryOf) as string | undefined;

/** A role with nothing but the policies given here; there is no way to attach a `*FullAccess` policy. */
export class Role extends Construct {
  private readonly role: IamRole;

  constructor(scope: Construct, id: string, props: RoleProps) {
    super(scope, id);
    const { inlinePolicies = {}, managedPolicies = {} } = props;
    validateTrust(props.roleName, policyDocument(props.trust));
    validateInlinePolicies(props.roleName, inlinePolicies);
    validateManagedPolicies(props.roleName, Object.keys(managedPolicies));
    this.role = new IamRole(this, "role", {
      name: resourceName("role", props.roleName),
      description: props.description,
      assumeRolePolicy: policyDocument(props.trust),
      permissionsBoundary: boundaryIn(this),
      ...(props.dependsOn && { dependsOn: [...props.dependsOn] }),
    });
    Object.entries(inlinePolicies).forEach((policy) => {
      this.addInlinePolicy(...policy);
    });
    Object.entries(managedPolicies).forEach((policy) => {
      this.addManagedPolicy(...policy);
    });
  }

  get arn(): string {
    return this.role.arn;
  }

  /** Its inline policies: what needs them waits for these. */
  readonly policies: ITerraformDependable[] = [];

  get name(): string {
    return this.role.name;
  }

  private addInlinePolicy(name: string, statements: readonly IdentityStatement[]): void {
    const policy = policyDocument(statements);
    this.policies.push(new IamRolePolicy(this, name, { name, role: this.role.name, policy }));
  }

  private addManagedPolicy(name: string, statements: readonly IdentityStatement[]): void {
    const managed = managedPolicy(this, name, name, statements);
    new IamRolePolicyAttachment(this, `${name}-attachment`, { role: this.role.name, policyArn: managed.arn });
  }
}

function validateTrust(role: string, { length }: string): void {
  if (length > trustLimit)
    throw new Error(`trust policy of role ${role} must be at most ${trustLimit} characters, got: ${length}`);
}

function validateInlinePolicies(
  role: string,
  policies: Readonly<Record<string, readonly IdentityStatement[]>>,
): void {
  const size = Object.values(policies).reduce(
    (sum, statements) => sum + policyDocument(statements).length,
    0,
  );
  if (size > inlinePoliciesLimit) {
    throw new Error(
      `inline policies of role ${role} must be at most ${inlinePoliciesLimit} characters, got: ${size}`,
    );
  }
}

function validateManagedPolicies(role: string, names: readonly string[]): void {
  if (names.length > managedPoliciesLimit) {
    throw new Error(
      `role ${role} must have at most ${managedPoliciesLimit} managed policies, got: ${names.length}`,
    );
  }
}
