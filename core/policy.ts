import { accountRootArn, issuerName, oidcProviderArn, type AccountRegion } from "./arns";

/** A principal of a resource or trust policy: AWS principals (ARNs), services, whom an identity provider vouches for (its ARN), or everyone. */
export type Principal =
  | "*"
  | { readonly AWS: readonly string[] }
  | { readonly Service: readonly string[] }
  | { readonly Federated: readonly string[] };

/** Condition operators → condition keys → values, as IAM's JSON has them. */
export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One IAM statement, in IAM's own JSON shape, so that policies are plain data until they are rendered. */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: Principal;
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Condition;
}

/** A role that is handed to services, which then work as it. */
export interface PassedRole {
  readonly roleArn: string;
  /** Service principals, such as `lambda.amazonaws.com`. */
  readonly to: readonly string[];
}

/** Identity policies carry no principal. */
export type IdentityStatement = PolicyStatement & {
  readonly Principal?: never;
  readonly Resource: readonly string[];
};

/**
 * Renders statements as an IAM policy document.
 * @throws Error where two statements have one id, which AWS refuses
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */
export function policyDocument(statements: readonly PolicyStatement[]): string {
  const ids = statements.flatMap(({ Sid }) => Sid ?? []);
  const twice = ids.find((id, at) => ids.indexOf(id) < at);
  if (twice !== undefined)
    throw new Error(`statements of a policy must have ids of their own, got twice: "${twice}"`);
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/**
 * The account as principal, narrowed to named roles. A policy that names a role which does not exist yet is
 * refused by AWS; the account principal with `aws:PrincipalArn` is not, so stacks apply in any order (ADR 5).
 */
export function rolesOfAccount(
  where: AccountRegion,
  roleArns: readonly string[],
): Pick<PolicyStatement, "Principal" | "Condition"> {
  return {
    Principal: { AWS: [accountRootArn(where)] },
    Condition: { ArnEquals: { "aws:PrincipalArn": roleArns } },
  };
}

/**
 * A role's trust policy for people: roles and users of whichever account, by ARN, and the identity that their sign-in says is
 * behind them, which then stands in all that they do.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
 * @param region of the role, for its partition
 */
export function peopleTrust(region: string, arns: readonly string[]): PolicyStatement[] {
  const accounts = [...new Set(arns.map(accountOf))];
  return accounts.map((account) => ({
    Effect: "Allow",
    ...rolesOfAccount(
      { account, region },
      arns.filter((arn) => accountOf(arn) === account),
    ),
    Action: ["sts:AssumeRole", "sts:SetSourceIdentity"],
  }));
}

/** Whose tokens let into a role: each claim is compared as a whole. */
export interface TokenTrust {
  /** `https://…` */
  readonly issuer: string;
  readonly audience: string;
  readonly subjects: readonly string[];
}

/**
 * A role's trust policy for who has a token of an issuer: never for all that it vouches for, which may be everybody's.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 * @throws Error where a claim is open
 */
export function tokenTrust(
  where: AccountRegion,
  { issuer, audience, subjects }: TokenTrust,
): PolicyStatement {
  if (subjects.length === 0 || [audience, ...subjects].some((claim) => claim === "" || /[*?]/.test(claim)))
    throw new Error(`tokens of ${issuer} must be of one audience and of named subjects`);
  return {
    Effect: "Allow",
    Principal: { Federated: [oidcProviderArn(where, issuer)] },
    Action: ["sts:AssumeRoleWithWebIdentity"],
    Condition: {
      StringEquals: {
        [`${issuerName(issuer)}:aud`]: [audience],
        [`${issuerName(issuer)}:sub`]: subjects,
      },
    },
  };
}

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/**
 * A role's trust policy for AWS services, guarded against the confused deputy: only for resources of this account. EC2 and Lambda take
 * roles of their instance's or function's own account alone, and nothing says that they send the account: they are let in without.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function serviceTrust(services: readonly string[], account: string): PolicyStatement {
  const saysNoAccount = services.every((service) => withinAccount.includes(service));
  return {
    Effect: "Allow",
    Principal: { Service: services },
    Action: ["sts:AssumeRole"],
    ...(!saysNoAccount && { Condition: { StringEquals: { "aws:SourceAccount": account } } }),
  };
}

/** Services that a role is passed to within its account. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
export const withinAccount: readonly string[] = ["ec2.amazonaws.com", "lambda.amazonaws.com"];
