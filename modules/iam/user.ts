import { IamUser } from "@cdktf/provider-aws/lib/iam-user";
import { IamUserPolicy } from "@cdktf/provider-aws/lib/iam-user-policy";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import { policyDocument, type IdentityStatement } from "../../core/policy";
import { boundaryIn } from "./role";

export interface UserProps {
  readonly userName: string;
  /** Its one policy, by name. */
  readonly policy: { readonly name: string; readonly statements: readonly IdentityStatement[] };
}

/**
 * A user of whom nothing but a name is known here: a person makes its access key, which is in no state. The user goes with its keys.
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/iam_user
 */
export class User extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { userName, policy: { name, statements } }: UserProps) {
    super(scope, id);
    const user = new IamUser(this, "user", {
      name: resourceName("user", userName),
      permissionsBoundary: boundaryIn(this),
      forceDestroy: true,
    });
    new IamUserPolicy(this, name, { name, user: user.name, policy: policyDocument(statements) });
    this.arn = user.arn;
  }
}
