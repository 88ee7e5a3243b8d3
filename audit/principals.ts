import type { Estate } from "../config/schema";
import { roleArn } from "../core/arns";
import type { NamedPolicy, Policies } from "./policies";

/** Somebody who may ask. */
export interface AccessPrincipal {
  /** As the matrix has it: `prod/sagemaker-execution-role`. */
  readonly name: string;
  /** ARN of a role; none for a request without a signature. */
  readonly arn?: string;
  /** None for a request without a signature. */
  readonly account?: string;
  readonly policies: readonly NamedPolicy[];
  /** May do in its account what no policy denies: shown only where it reaches another. */
  readonly administrator: boolean;
}

const everything: NamedPolicy = {
  name: "AdministratorAccess",
  policy: { Statement: [{ Effect: "Allow", Action: ["*"], Resource: ["*"] }] },
};

/** An account that no estate knows. */
export const strangersAccount = "999999999999";
export const anonymous = "anyone, unsigned";
export const stranger = "administrator of a foreign account";

const assumeRoles: NamedPolicy = {
  name: "AssumeRoles",
  policy: {
    Statement: [{ Effect: "Allow", Action: ["sts:AssumeRole", "sts:SetSourceIdentity"], Resource: ["*"] }],
  },
};

/** Those whom environment files name, by ARN: what they may elsewhere is nobody's business here, but for which roles they assume. */
function people(environments: Estate["environments"], roles: Policies["roles"]): AccessPrincipal[] {
  const arns = environments.flatMap(({ access = {} }) => Object.values(access).flat());
  return [...new Set(arns)]
    .filter((arn) => !roles.some((role) => role.arn === arn))
    .map((arn) => ({
      name: arn,
      arn,
      account: arn.split(":")[4] ?? "",
      policies: [assumeRoles],
      administrator: false,
    }));
}

/** Every principal that the matrix asks for: all roles, whom files name, the administrators of all accounts, and those outside. */
export function principalsOf({ environments }: Estate, { roles }: Policies): AccessPrincipal[] {
  const nameOf = new Map(environments.map(({ account, name }) => [account, name]));
  const administratorOf = (account: string, region: string, name: string): AccessPrincipal => ({
    name,
    arn: roleArn({ account, region }, "administrator"),
    account,
    policies: [everything],
    administrator: true,
  });
  const regions = environments.map(({ region }) => region);
  return [
    ...roles.map(({ arn, where, policies }) => ({
      name: `${nameOf.get(where.account) ?? where.account}/${arn.slice(arn.lastIndexOf("/") + 1)}`,
      arn,
      account: where.account,
      policies,
      administrator: false,
    })),
    ...people(environments, roles),
    ...environments.map(({ account, region, name }) =>
      administratorOf(account, region, `administrator of ${name}`),
    ),
    administratorOf(strangersAccount, regions[0] ?? "us-east-1", stranger),
    { name: anonymous, policies: [], administrator: false },
  ];
}
