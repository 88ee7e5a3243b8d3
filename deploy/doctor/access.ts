import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { workspacePrefix } from "../../core/state-keys";
import type { Environment, Estate } from "../../config/schema";
import { roleArn } from "../../core/arns";
import type { StackDescription } from "../../stacks/list";
import { namesOfAccount } from "../../stacks/topology";
import { WrongAccountError } from "../access/access-error";
import type { AccountAccess } from "../access/account-access";
import type { Accounts } from "../access/accounts";
import { networkFault, trustRemedy } from "../access/network-fault";
import { missing, oneLine, present, type Finding } from "./finding";

/** Who the caller is, before any role. */
export async function checkIdentity(region: string): Promise<Finding> {
  try {
    const { Arn, Account } = await new STSClient({ region }).send(new GetCallerIdentityCommand());
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
      await checkBucket(name, stateBucket, access),
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

/** Lists what Terraform lists at every init: each role that applies a stack may, and Jenkins' may list little else. */
async function checkBucket(name: string, stateBucket: string, access: AccountAccess): Promise<Finding> {
  const subject = `State of ${name}`;
  try {
    const s3 = new S3Client({ ...access, forcePathStyle: true });
    await s3.send(new ListObjectsV2Command({ Bucket: stateBucket, Prefix: workspacePrefix, MaxKeys: 1 }));
    return present(subject, stateBucket);
  } catch (error) {
    return (error as Error).name === "NoSuchBucket"
      ? missing(subject, `there is no bucket ${stateBucket}`, `mlops bootstrap ${name}`)
      : missing(subject, `${stateBucket}: ${oneLine(error)}`, "let the role read it: s3:ListBucket");
  }
}
