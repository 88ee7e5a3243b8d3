import type { Construct } from "constructs";
import type { Environment, Estate } from "../../config/schema";
import { accessRoleName, type AccessRole } from "../../core/access-roles";
import { peopleTrust, type IdentityStatement } from "../../core/policy";
import { Role } from "../../modules/iam/role";
import { principalsOf } from "../topology";

/** What a role for daily work is. */
export interface AccessRoleProps {
  readonly estate: Estate;
  readonly environment: Environment;
  readonly description: string;
  /** Managed policies by what they are about: those of a role are named after it. */
  readonly policies: Readonly<Record<string, readonly IdentityStatement[]>>;
}

/** Makes a role for daily work where an environment's file names who may assume it. */
export function addAccessRole(
  scope: Construct,
  role: AccessRole,
  { estate, environment, description, policies }: AccessRoleProps,
): void {
  const principals = principalsOf(environment, role);
  if (principals.length === 0) return;
  const roleName = accessRoleName(estate.shared.project, role);
  new Role(scope, `${role}-role`, {
    roleName,
    description,
    trust: peopleTrust(environment.region, principals),
    managedPolicies: Object.fromEntries(
      Object.entries(policies).map(([about, statements]) => [`${roleName}-${about}`, statements]),
    ),
  });
}
