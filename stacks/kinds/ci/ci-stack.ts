import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { Construct } from "constructs";
import type { CiEnvironment } from "../../../config/schema";
import { roleArn } from "../../../core/arns";
import { serviceTrust, type IdentityStatement } from "../../../core/policy";
import { Role } from "../../../modules/iam/role";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { deployedBy, namesOfWorkload } from "../../topology";

/** `ci`: the Jenkins server's role, which may assume the deploy roles and nothing else. */
export class CiStack extends AccountStack {
  constructor(scope: Construct, id: string, props: AccountStackProps<CiEnvironment>) {
    super(scope, id, props);
    const { environment } = props;
    const role = new Role(this, "server-role", {
      roleName: environment.jenkinsServerRole,
      description: "The Jenkins server: assumes the deploy role of each account it applies to",
      trust: [serviceTrust(["ec2.amazonaws.com"], environment.account)],
      inlinePolicies: assumePolicies(props),
    });
    new IamInstanceProfile(this, "instance-profile", {
      name: environment.jenkinsServerRole,
      role: role.name,
    });
  }
}

function assumePolicies({
  estate,
  environment,
}: AccountStackProps<CiEnvironment>): Record<string, IdentityStatement[]> {
  const roles = deployedBy(estate, environment).map((workload) =>
    roleArn(workload, namesOfWorkload(estate, workload).deployRole),
  );
  if (roles.length === 0) return {};
  return {
    "assume-production-role-policy": [
      { Sid: "AssumeDeployRoles", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: roles },
    ],
  };
}
