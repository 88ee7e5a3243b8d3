import {
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3Client,
  type BucketLocationConstraint,
  type _Error as S3Error,
} from "@aws-sdk/client-s3";
import type { Environment, Estate } from "../../config/schema";
import { workspacePrefix } from "../../core/state-keys";
import { namesOfAccount } from "../../stacks/topology";
import { accessAccount, type AccountAccess } from "../access/account-access";

/** Buckets by path: local AWS has no host for each. */
export const s3In = (access: AccountAccess): S3Client => new S3Client({ ...access, forcePathStyle: true });
const asAdministrator = (estate: Estate, environment: Environment): Promise<AccountAccess> =>
  accessAccount(environment, estate.shared.adminRole);

/**
 * Creates an account's state bucket, empty and private, where there is none; the state stack then imports it and
 * adds the rest (ADR 12). Safe to repeat.
 * @param access to the account. @default the administrator's
 */
export async function createStateBucket(
  estate: Estate,
  environment: Environment,
  access?: AccountAccess,
): Promise<void> {
  const s3 = s3In(access ?? (await asAdministrator(estate, environment)));
  const Bucket = namesOfAccount(estate, environment).stateBucket;
  try {
    await s3.send(new CreateBucketCommand({ Bucket, ...locationOf(environment.region) }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
}

/** S3 wants the region named, except in us-east-1, where it refuses the name. */
const locationOf = (region: string) =>
  region === "us-east-1"
    ? {}
    : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };

/** What S3 answers where a bucket is not there, or not in the region that was asked: most regions, and us-east-1. */
const answers: Readonly<Record<string, "nowhere" | "elsewhere">> = {
  NoSuchBucket: "nowhere",
  PermanentRedirect: "elsewhere",
  AuthorizationHeaderMalformed: "elsewhere",
};

/**
 * Whether an account's state bucket is there. Lists what Terraform lists at every init: each role that applies a stack may,
 * and Jenkins' may list little else.
 * @throws whatever else S3 says
 */
export async function findStateBucket(
  access: AccountAccess,
  Bucket: string,
): Promise<"here" | "nowhere" | "elsewhere"> {
  try {
    await s3In(access).send(new ListObjectsV2Command({ Bucket, Prefix: workspacePrefix, MaxKeys: 1 }));
    return "here";
  } catch (error) {
    const answer = answers[(error as Error).name];
    if (answer === undefined) throw error;
    return answer;
  }
}

/** Why nothing can be done in an account whose state bucket is not here. */
export const describeLack = (
  found: "nowhere" | "elsewhere",
  { name, account, region }: Environment,
): string =>
  found === "nowhere"
    ? `account ${account} has no state bucket yet: mlops bootstrap ${name}`
    : `the state bucket of account ${account} is not in ${region}: an environment stays in its region. Take that back; ` +
      `to move, mlops destroy ${name} in the old region first`;

/** Deletes every version of every object in an account's state bucket: only for a deliberate teardown. */
export async function emptyStateBucket(
  estate: Estate,
  environment: Environment,
  access?: AccountAccess,
): Promise<void> {
  const s3 = s3In(access ?? (await asAdministrator(estate, environment)));
  await emptyBucket(s3, namesOfAccount(estate, environment).stateBucket);
}

/**
 * Deletes every version of every object in a bucket.
 * @throws Error naming the keys that S3 refuses to delete, as a legal hold, a service control policy or MFA delete has it:
 * S3 answers well even then, with an error for each key
 */
export async function emptyBucket(s3: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
    );
    if (Errors.length > 0) throw new Error(refusalOf(Bucket, Errors));
  }
}

const namedKeys = 5;

function refusalOf(bucket: string, errors: readonly S3Error[]): string {
  const named = errors
    .slice(0, namedKeys)
    .map(
      ({ Key = "", VersionId = "", Code = "", Message = "" }) =>
        `  ${Key} (${VersionId}): ${Code}: ${Message}`,
    );
  const more = errors.length > namedKeys ? [`  and ${errors.length - namedKeys} more`] : [];
  const count = `${errors.length} ${errors.length === 1 ? "object version" : "object versions"}`;
  return [`S3 does not delete ${count} in ${bucket}:`, ...named, ...more].join("\n");
}
