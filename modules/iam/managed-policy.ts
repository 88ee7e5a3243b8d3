import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import type { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import { policyDocument, type IdentityStatement } from "../../core/policy";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, white space not counted */
const limit = 6144;

/** Adds a customer-managed policy. @throws Error where it is longer than AWS takes */
export function managedPolicy(
  scope: Construct,
  id: string,
  name: string,
  statements: readonly IdentityStatement[],
): IamPolicy {
  const policy = policyDocument(statements);
  if (policy.length > limit)
    throw new Error(`policy ${name} must be at most ${limit} characters, got: ${policy.length}`);
  return new IamPolicy(scope, id, { name: resourceName("policy", name), policy });
}
