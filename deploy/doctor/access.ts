import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { workspacePrefix } from "../../core/state-keys";
import type { STSClientConfig } from "@aws-sdk/client-sts";
import { missing, present, type Finding } from "./finding";

/** Options of AWS clients that work in one account. */
export type ClientOptions = Pick<STSClientConfig, "credentials" | "maxAttempts"> & {
  readonly region: string;
};

/** One account and the way into it. */
export interface Door {
  readonly name: string;
  readonly account: string;
  readonly stateBucket: string;
  /** Assumes a role of the account. @throws Error saying which one, and what the caller lacks */
  readonly open: () => Promise<ClientOptions>;
}

/** Who the caller is, before any role. */
export async function checkIdentity(region: string): Promise<Finding> {
  try {
    const { Arn, Account } = await new STSClient({ region }).send(new GetCallerIdentityCommand());
    return present("Identity", `${Arn ?? "unknown"} of account ${Account ?? "unknown"}`);
  } catch (error) {
    return missing("Identity", oneLine(error), remedyOf(error as Error & { readonly code?: string }));
  }
}

function remedyOf({ name, code }: Error & { readonly code?: string }): string {
  if (name === "CredentialsProviderError")
    return "set AWS_PROFILE or log in (aws sso login); add --local for the local AWS";
  if (/expired|invalid|signature|unrecognized/i.test(name)) return "log in again: aws sso login, or new keys";
  const address = process.env.AWS_ENDPOINT_URL;
  return code === undefined
    ? "give your identity its AWS access back"
    : `check the network${address === undefined ? "" : `, and AWS_ENDPOINT_URL, which is ${address}`}`;
}

/** Whether a role of an account can be assumed and leads to that account, and whether its state bucket stands. */
export async function checkAccount(door: Door): Promise<Finding[]> {
  const subject = `Account ${door.name}`;
  try {
    const options = await door.open();
    const { Account, Arn } = await new STSClient(options).send(new GetCallerIdentityCommand());
    if (Account === door.account)
      return [present(subject, `${door.account} as ${Arn ?? "unknown"}`), await checkBucket(door, options)];
    return [missing(subject, `the role leads to account ${Account ?? "unknown"}`, wrongAccount(door))];
  } catch (error) {
    return [missing(subject, oneLine(error), roleRemedy)];
  }
}

const wrongAccount = ({ name, account }: Door): string =>
  `correct "account" in the environment file of ${name}, which says ${account}`;

const roleRemedy =
  "let your identity assume that role: its trust policy and your own policy must both allow it";

/** What Terraform lists at every init: each role that applies a stack may, and Jenkins' may list little else. */

async function checkBucket({ name, stateBucket }: Door, options: ClientOptions): Promise<Finding> {
  const subject = `State of ${name}`;
  try {
    const s3 = new S3Client({ ...options, forcePathStyle: true });
    await s3.send(new ListObjectsV2Command({ Bucket: stateBucket, Prefix: workspacePrefix, MaxKeys: 1 }));
    return present(subject, stateBucket);
  } catch (error) {
    return (error as Error).name === "NoSuchBucket"
      ? missing(subject, `there is no bucket ${stateBucket}`, `mlops bootstrap ${name}`)
      : missing(subject, `${stateBucket}: ${oneLine(error)}`, "let the role read it: s3:ListBucket");
  }
}

const oneLine = (error: unknown): string => (error as Error).message.trim().replace(/\s+/g, " ");
