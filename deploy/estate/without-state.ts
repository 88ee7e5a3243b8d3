import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { workspacePrefix } from "../../core/state-keys";
import type { Estate } from "../../config/schema";
import type { StackDescription } from "../../stacks/list";
import { namesOfAccount } from "../../stacks/topology";
import type { Accounts } from "../access/accounts";
import type { StackFailure } from "./stack-runner";

/** Stacks that can be planned, and why the others cannot. */
export interface StacksByState {
  readonly ready: readonly StackDescription[];
  readonly without: readonly StackFailure[];
}

/**
 * Tells apart the stacks whose account has no state bucket yet, or has it in another region: Terraform would say so at
 * length, for each of them.
 */
export async function stacksByState(
  estate: Estate,
  accounts: Accounts,
  stacks: readonly StackDescription[],
): Promise<StacksByState> {
  const environments = [...new Map(stacks.map((stack) => [stack.environment.name, stack])).values()];
  const found = await Promise.all(
    environments.map(
      async (stack) => [stack.environment.name, await lackOf(estate, accounts, stack)] as const,
    ),
  );
  const lacks = new Map(found);
  return {
    ready: stacks.filter(({ environment }) => lacks.get(environment.name) === undefined),
    without: stacks.flatMap(({ id, environment }) => {
      const reason = lacks.get(environment.name);
      return reason === undefined ? [] : [{ stack: id, reason }];
    }),
  };
}

/** What S3 answers a region in which the bucket is not: most regions, and us-east-1. */
const elsewhere = ["PermanentRedirect", "AuthorizationHeaderMalformed"];

/** Why there is no state bucket to work with; undefined where there is one. Whatever else is wrong with it, Terraform says. */
async function lackOf(
  estate: Estate,
  accounts: Accounts,
  stack: StackDescription,
): Promise<string | undefined> {
  const { name: environment, account, region } = stack.environment;
  const s3 = new S3Client({ ...(await accounts.of(stack)), forcePathStyle: true });
  const { stateBucket: Bucket } = namesOfAccount(estate, stack.environment);
  try {
    await s3.send(new ListObjectsV2Command({ Bucket, Prefix: workspacePrefix, MaxKeys: 1 }));
    return undefined;
  } catch (error) {
    const { name } = error as Error;
    if (name === "NoSuchBucket")
      return `account ${account} has no state bucket yet: mlops bootstrap ${environment}`;
    if (!elsewhere.includes(name)) return undefined;
    return (
      `the state bucket of account ${account} is not in ${region}: an environment stays in its region. Take that back; ` +
      `to move, mlops destroy ${environment} in the old region first`
    );
  }
}
