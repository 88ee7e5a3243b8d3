import { paginateListObjectsV2 } from "@aws-sdk/client-s3";
import type { Environment, Estate } from "../../config/schema";
import { isStackOf, stateStackId } from "../../core/stack-ids";
import { stackOfStateKey } from "../../core/state-keys";
import type { StackDescription } from "../../stacks/list";
import { removedKind } from "../../stacks/removed";
import { namesOfAccount } from "../../stacks/topology";
import type { Accounts } from "../access/accounts";
import { s3In } from "../estate/state-bucket";
import { attributesIn, NoStateError, resourcesIn, type StateJson } from "../terraform/state-json";

/**
 * Stacks of some accounts that the code has no more and that still hold something, as their state buckets say. Whoever
 * dictates a bucket's name may keep other states in it: those of other names, or other projects' tags, are not ours.
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
      return ids
        .filter((id) => isStackOf(environment, id) && !known.has(id))
        .map((id) => ({ id, kind: removedKind.kind, environment }));
    }),
  );
  const standing = await Promise.all(
    found.flat().map(async (stack) => {
      const state = await stateIn(accounts, stack);
      return state && resourcesIn(state) > 0 && isOfProject(state, estate.shared.project) ? [stack] : [];
    }),
  );
  return standing.flat();
}

/** Ids of what the code has no more in the accounts of these stacks; none where the role may not look. */
export async function removedBeside(
  estate: Estate,
  accounts: Accounts,
  stacks: readonly StackDescription[],
  inCode: readonly StackDescription[],
): Promise<string[]> {
  const environments = [...new Set(stacks.map(({ environment }) => environment))];
  const found = await Promise.all(
    environments.map((environment) =>
      findRemoved(estate, accounts, [environment], inCode).catch((error: unknown) => {
        if ((error as Error).name !== "AccessDenied") throw error;
        return [];
      }),
    ),
  );
  return found.flat().map(({ id }) => id);
}

/** Ids of the stacks that have a state in an account's bucket; none where there is no bucket. */
async function statesIn(estate: Estate, accounts: Accounts, environment: Environment): Promise<string[]> {
  const access = await accounts.of({ id: stateStackId(environment), kind: "state", environment });
  const client = s3In(access);
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

/** Undefined where something else lies under the state's key. */
async function stateIn(accounts: Accounts, stack: StackDescription): Promise<StateJson | undefined> {
  try {
    return await (await accounts.stateOf(stack)).read();
  } catch (error) {
    if (error instanceof NoStateError) return undefined;
    throw error;
  }
}

/** Whether tags say so (`core/tags.ts`); what a half destroyed stack still has may have none. */
function isOfProject(state: StateJson, project: string): boolean {
  const tags = Object.values(attributesIn(state))
    .flatMap((byName) => Object.values(byName))
    .flatMap(({ tags_all: all }) => (all as { readonly project?: unknown } | null | undefined) ?? []);
  return tags.length === 0 || tags.some((all) => all.project === project);
}
