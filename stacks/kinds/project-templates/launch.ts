import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import type { AccountRegion } from "../../../core/arns";
import { policyDocument, serviceTrust } from "../../../core/policy";
import type { ProjectTemplatesNames } from "../../../core/project-names";
import { Role } from "../../../modules/iam/role";
import { boundaryStatements } from "./boundary";
import { launchStatements } from "./launch-statements";
import { userStatements } from "./statements";

export interface LaunchProps {
  readonly where: AccountRegion;
  readonly names: ProjectTemplatesNames;
  /** ARN of the policy that bounds roles of projects. */
  readonly boundaryArn: string;
  /** Whether that policy is made here. */
  readonly ownBoundary: boolean;
  /** Whether projects have rules that tell of approved versions. */
  readonly releases: boolean;
  /** ARNs of the roles that may make projects. */
  readonly users: readonly string[];
}

/** Who makes projects: a role that the catalog, or who passes it, has them made as, and whoever may ask for that. */
export class Launch extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: LaunchProps) {
    super(scope, id);
    const boundary = props.ownBoundary ? this.boundary(props) : undefined;
    this.role = new Role(this, "role", {
      roleName: props.names.launchRole,
      description: "Makes, changes and deletes SageMaker projects",
      trust: [
        serviceTrust(["cloudformation.amazonaws.com", "servicecatalog.amazonaws.com"], props.where.account),
      ],
      inlinePolicies: { launch: launchStatements(props) },
      ...(boundary && { dependsOn: [boundary] }),
    });
    this.users(props);
  }

  private boundary({ where, names }: LaunchProps): IamPolicy {
    return new IamPolicy(this, "boundary", {
      name: names.boundary,
      description: "Bounds what roles of SageMaker projects may do",
      policy: policyDocument(boundaryStatements(where, names)),
    });
  }

  /** Roles that stand elsewhere get what making projects takes, and nothing is taken from them. */
  private users({ where, names, users }: LaunchProps): void {
    if (users.length === 0) return;
    const policy = new IamPolicy(this, "users", {
      name: names.usersPolicy,
      description: "Makes SageMaker projects of the templates",
      policy: policyDocument(userStatements(where, names)),
    });
    for (const user of users)
      new IamRolePolicyAttachment(this, `user-${user}`, {
        role: user.slice(user.lastIndexOf("/") + 1),
        policyArn: policy.arn,
      });
  }
}
