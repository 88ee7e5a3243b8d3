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

/** Tells apart the stacks whose account has no state bucket yet: Terraform would say so at length, for each of them. */
export async function stacksByState(
  estate: Estate,
  accounts: Accounts,
  stacks: readonly StackDescription[],
): Promise<StacksByState> {
  const environments = [...new Map(stacks.map((stack) => [stack.environment.name, stack])).values()];
  const found = await Promise.all(environments.map((stack) => hasNoBucket(estate, accounts, stack)));
  const missing = environments.filter((_, at) => found[at]).map(({ environment }) => environment);
  return {
    ready: stacks.filter(({ environment }) => !missing.includes(environment)),
    without: stacks
      .filter(({ environment }) => missing.includes(environment))
      .map(({ id, environment }) => ({
        stack: id,
        reason: `account ${environment.account} has no state bucket yet: mlops bootstrap ${environment.name}`,
      })),
  };
}

/** Whatever else is wrong with a bucket, Terraform says. */
async function hasNoBucket(estate: Estate, accounts: Accounts, stack: StackDescription): Promise<boolean> {
  const s3 = new S3Client({ ...(await accounts.of(stack)), forcePathStyle: true });
  const { stateBucket: Bucket } = namesOfAccount(estate, stack.environment);
  try {
    await s3.send(new ListObjectsV2Command({ Bucket, Prefix: workspacePrefix, MaxKeys: 1 }));
    return false;
  } catch (error) {
    return (error as Error).name === "NoSuchBucket";
  }
}
