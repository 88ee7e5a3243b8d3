import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Environment, Estate } from "../../config/schema";
import { roleArn } from "../../core/arns";
import type { StackDescription } from "../../stacks/list";
import { namesOfAccount } from "../../stacks/topology";
import { WrongAccountError } from "../access/access-error";
import type { AccountAccess } from "../access/account-access";
import type { Accounts } from "../access/accounts";
import { callersStsClient } from "../access/callers-clients";
import { describeLack, findStateBucket } from "../estate/state-bucket";
import { networkFault, trustRemedy } from "../access/network-fault";
import { missing, oneLine, present, type Finding } from "./finding";

/** Who the caller is, before any role. */
export async function checkIdentity(region: string): Promise<Finding> {
  try {
    const { Arn, Account } = await callersStsClient(region).send(new GetCallerIdentityCommand());
    return present("Identity", `${Arn ?? "unknown"} of account ${Account ?? "unknown"}`);
  } catch (error) {
    return missing("Identity", oneLine(error), remedyOf(error as Error & { readonly code?: string }));
  }
}

function remedyOf(error: Error & { readonly code?: string }): string {
  const { name, code } = error;
  if (name === "CredentialsProviderError")
    return "set AWS_PROFILE or log in (aws sso login); add --local for the local AWS";
  if (/expired|invalid|signature|unrecognized/i.test(name)) return "log in again: aws sso login, or new keys";
  if (networkFault(error) === "no trust") return trustRemedy;
  const address = process.env.AWS_ENDPOINT_URL;
  return code === undefined
    ? "give your identity its AWS access back"
    : `check the network${address === undefined ? "" : `, and AWS_ENDPOINT_URL, which is ${address}`}`;
}

/** The accounts that these stacks are in, each with one of its stacks and the role that is assumed there. */
const accountsOf = (accounts: Accounts, stacks: readonly StackDescription[]): StackDescription[] => [
  ...new Map(stacks.map((stack) => [`${stack.environment.name} ${accounts.roleOf(stack)}`, stack])).values(),
];

/** Looks into one account, as the role that was assumed there. */
export type AccountCheck = (environment: Environment, access: AccountAccess) => Promise<Finding[]>;

/**
 * Whether the role of each account can be assumed and leads there, and whether its state bucket exists.
 * @param checks what else to look for in each account that is reached
 */
export async function checkAccounts(
  estate: Estate,
  accounts: Accounts,
  stacks: readonly StackDescription[],
  checks: readonly AccountCheck[] = [],
): Promise<Finding[]> {
  const findings = accountsOf(accounts, stacks).map((stack) => checkAccount(estate, accounts, stack, checks));
  return (await Promise.all(findings)).flat();
}

async function checkAccount(
  estate: Estate,
  accounts: Accounts,
  stack: StackDescription,
  checks: readonly AccountCheck[],
): Promise<Finding[]> {
  const { name, account } = stack.environment;
  const subject = `Account ${name}`;
  try {
    const access = await accounts.of(stack);
    const { stateBucket } = namesOfAccount(estate, stack.environment);
    const others = await Promise.all(checks.map((check) => check(stack.environment, access)));
    return [
      present(subject, `${account} as ${roleArn(stack.environment, accounts.roleOf(stack))}`),
      await checkBucket(stack.environment, stateBucket, access),
      ...others.flat(),
    ];
  } catch (error) {
    const remedy = error instanceof WrongAccountError ? wrongAccount(stack.environment) : roleRemedy;
    return [missing(subject, oneLine(error), remedy)];
  }
}

const wrongAccount = ({ name, account }: Environment): string =>
  `correct "account" in the environment file of ${name}, which says ${account}`;

const roleRemedy =
  "let your identity assume that role: its trust policy and your own policy must both allow it";

async function checkBucket(
  environment: Environment,
  stateBucket: string,
  access: AccountAccess,
): Promise<Finding> {
  const { name, region } = environment;
  const subject = `State of ${name}`;
  try {
    const found = await findStateBucket(access, stateBucket);
    if (found === "here") return present(subject, stateBucket);
    return found === "nowhere"
      ? missing(subject, `there is no bucket ${stateBucket}`, `mlops bootstrap ${name}`)
      : missing(subject, `${stateBucket} is not in ${region}`, describeLack(found, environment));
  } catch (error) {
    return missing(subject, `${stateBucket}: ${oneLine(error)}`, "let the role read it: s3:ListBucket");
  }
}
