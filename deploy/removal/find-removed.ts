import { paginateListObjectsV2, S3Client } from "@aws-sdk/client-s3";
import type { Environment, Estate } from "../../config/schema";
import { stateStackId } from "../../core/stack-ids";
import { stackOfStateKey } from "../../core/state-keys";
import type { StackDescription } from "../../stacks/list";
import { removedKind } from "../../stacks/removed";
import { namesOfAccount } from "../../stacks/topology";
import type { Accounts } from "../access/accounts";
import { resourcesIn } from "../terraform/state-json";

/**
 * Stacks of some accounts that the code has no more and that still hold something, as their state buckets say.
 * @param inCode the stacks that the code has
 */
export async function findRemoved(
  estate: Estate,
  accounts: Accounts,
  environments: readonly Environment[],
  inCode: readonly StackDescription[],
): Promise<StackDescription[]> {
  const known = new Set(inCode.map(({ id }) => id));
  const found = await Promise.all(
    environments.map(async (environment) => {
      const ids = await statesIn(estate, accounts, environment);
      return ids.filter((id) => !known.has(id)).map((id) => ({ id, kind: removedKind.kind, environment }));
    }),
  );
  const standing = await Promise.all(
    found.flat().map(async (stack) => {
      const state = await (await accounts.stateOf(stack)).read();
      return resourcesIn(state) > 0 ? [stack] : [];
    }),
  );
  return standing.flat();
}

/** Ids of the stacks that have a state in an account's bucket; none where there is no bucket. */
async function statesIn(estate: Estate, accounts: Accounts, environment: Environment): Promise<string[]> {
  const access = await accounts.of({ id: stateStackId(environment), kind: "state", environment });
  const client = new S3Client({ ...access, forcePathStyle: true });
  const Bucket = namesOfAccount(estate, environment).stateBucket;
  const ids: string[] = [];
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket }))
      ids.push(...Contents.flatMap(({ Key = "" }) => stackOfStateKey(Key) ?? []));
  } catch (error) {
    if ((error as Error).name !== "NoSuchBucket") throw error;
  }
  return ids;
}
