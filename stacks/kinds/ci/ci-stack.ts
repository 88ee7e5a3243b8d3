import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import type { Construct } from "constructs";
import type { CiEnvironment, Estate } from "../../../config/schema";
import { accessRoleName } from "../../../core/access-roles";
import { roleArn, userArn } from "../../../core/arns";
import {
  rolesOfAccount,
  serviceTrust,
  tokenTrust,
  type IdentityStatement,
  type PolicyStatement,
} from "../../../core/policy";
import { everyProject, projectRoleArns } from "../../../core/project-names";
import { OidcProvider } from "../../../modules/iam/oidc-provider";
import { Role } from "../../../modules/iam/role";
import { User } from "../../../modules/iam/user";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { accountRegionOf, deployedBy, namesOfWorkload, principalsOf } from "../../topology";
import { namesIn, offers } from "../project-templates/offered";
import { findProjectTemplates } from "../project-templates/settings";

/** `ci`: the Jenkins server's role, which may assume the deploy roles, and planners that name it. */
export class CiStack extends AccountStack {
  constructor(scope: Construct, id: string, props: AccountStackProps<CiEnvironment>) {
    super(scope, id, props);
    const { environment } = props;
    const user = this.user(environment);
    const provider = this.provider(environment);
    const role = new Role(this, "server-role", {
      roleName: environment.jenkinsServerRole,
      description: "The Jenkins server: assumes the deploy role of each account it applies to",
      trust: [
        serviceTrust(["ec2.amazonaws.com"], environment.account),
        ...(user ? [userTrust(environment, user)] : []),
        ...tokensTrust(environment),
      ],
      inlinePolicies: assumePolicies(props),
      ...(provider && { dependsOn: [provider.provider] }),
    });
    new IamInstanceProfile(this, "instance-profile", {
      name: environment.jenkinsServerRole,
      role: role.name,
    });
  }

  /** For a server outside of AWS that signs tokens. */
  private provider({ jenkinsServer }: CiEnvironment): OidcProvider | undefined {
    return jenkinsServer?.oidc && new OidcProvider(this, "server-tokens", jenkinsServer.oidc);
  }

  /** For a server outside of AWS that does not. */
  private user(environment: CiEnvironment): string | undefined {
    const userName = environment.jenkinsServer?.user;
    if (userName === undefined) return undefined;
    const role = roleArn(environment, environment.jenkinsServerRole);
    new User(this, "server-user", {
      userName,
      policy: {
        name: "assume-server-role",
        statements: [
          { Sid: "AssumeServerRole", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: [role] },
        ],
      },
    });
    return userArn(environment, userName);
  }
}

const userTrust = (environment: CiEnvironment, user: string): PolicyStatement => ({
  Effect: "Allow",
  ...rolesOfAccount(accountRegionOf(environment), [user]),
  Action: ["sts:AssumeRole"],
});

const tokensTrust = (environment: CiEnvironment): PolicyStatement[] =>
  environment.jenkinsServer?.oidc
    ? [tokenTrust(accountRegionOf(environment), environment.jenkinsServer.oidc)]
    : [];

function assumePolicies({
  estate,
  environment,
}: AccountStackProps<CiEnvironment>): Record<string, IdentityStatement[]> {
  const assume = (sid: string, roles: readonly string[]): IdentityStatement[] =>
    roles.length > 0 ? [{ Sid: sid, Effect: "Allow", Action: ["sts:AssumeRole"], Resource: roles }] : [];
  const statements = [
    ...assume(
      "AssumeDeployRoles",
      deployedBy(estate, environment).map((workload) =>
        roleArn(workload, namesOfWorkload(estate, workload).deployRole),
      ),
    ),
    ...assume("AssumePlanners", plannersOf(estate, environment)),
    ...assume("AssumeProjectRoles", projectRolesOf(estate, environment)),
  ];
  return statements.length > 0 ? { "assume-production-role-policy": statements } : {};
}

/** ARNs of the planners that accounts let the server be. */
function plannersOf(estate: Estate, ci: CiEnvironment): string[] {
  const server = roleArn(ci, ci.jenkinsServerRole);
  return estate.environments
    .filter((environment) => principalsOf(environment, "planner").includes(server))
    .map((environment) => roleArn(environment, accessRoleName(estate.shared.project, "planner")));
}

/** ARNs, by a pattern an account, of the CI roles of SageMaker projects whose jobs the server has. */
const projectRolesOf = (estate: Estate, ci: CiEnvironment): string[] =>
  deployedBy(estate, ci)
    .filter((workload) => findProjectTemplates(workload) && offers(workload, "jenkins"))
    .map((workload) => projectRoleArns(workload, namesIn(estate, workload).prefix, everyProject).ci);
