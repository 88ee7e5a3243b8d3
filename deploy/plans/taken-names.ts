import { readFileSync } from "node:fs";
import { join } from "node:path";
import { models } from "../../pipelines";
import { listStacks, type StackDescription } from "../../stacks/list";
import { claimsOf, type NameClaim, type Resources } from "../../stacks/name-claims";
import { accountRegionOf } from "../../stacks/topology";
import type { Accounts } from "../access/accounts";
import { removedKind } from "../../stacks/removed";
import { findRemoved } from "../removal/find-removed";
import { claimsIn } from "../removal/held-elsewhere";

/**
 * Names that stacks would take while others have them still: to be made, a resource would have to be two at once, or be the
 * other's, which then destroys it. Empty where there are none.
 * @param stacks that are to be applied, each beside the others
 * @param directoryOf the folder that a stack is synthesised in
 */
export async function takenNames(
  accounts: Accounts,
  stacks: readonly StackDescription[],
  directoryOf: (stack: string) => string,
): Promise<string[]> {
  const inCode = listStacks(accounts.estate, models);
  const held = once(
    (stack) => heldBy(accounts, stack),
    ({ id }) => id,
  );
  const removed = once(
    ({ environment }) => findRemoved(accounts.estate, accounts, [environment], inCode),
    ({ environment }) => environment.name,
  );
  const lines = await Promise.all(
    stacks.map(async (stack) => {
      const own = await held(stack);
      const wanted = without(claimsInCode(stack, directoryOf(stack.id)), own);
      const others = await Promise.all(
        (await neighboursOf(accounts, stack, { inCode, removed })).map(async (other) => ({
          other,
          claims: await held(other),
        })),
      );
      return others.flatMap(({ other, claims }) =>
        whole(without(claims, without(claims, wanted))).map((claim) => describe(stack, other, claim)),
      );
    }),
  );
  return lines.flat();
}

type Ask<Answer> = (stack: StackDescription) => Promise<Answer>;

/** Asks once for each key. */
function once<Answer>(ask: Ask<Answer>, keyOf: (stack: StackDescription) => string): Ask<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (stack) => {
    const answer = answers.get(keyOf(stack)) ?? ask(stack);
    answers.set(keyOf(stack), answer);
    return answer;
  };
}

const without = (claims: readonly NameClaim[], others: readonly NameClaim[]): NameClaim[] =>
  claims.filter(({ name }) => !others.some((other) => other.name === name));

/** Those that are no part of another one. */
const whole = (claims: readonly NameClaim[]): NameClaim[] =>
  claims.filter(({ partOf }) => !claims.some(({ name }) => partOf.includes(name)));

function describe({ id }: StackDescription, other: StackDescription, { address, name }: NameClaim): string {
  const remedy =
    other.kind === removedKind.kind
      ? `which the code has no more: mlops destroy ${other.id} first, or give this one another name`
      : "which has to give it up first, in a plan of its own; two that swap names need a third one in between";
  return `${id}: ${name} is still ${other.id}'s (${address}), ${remedy}`;
}

/**
 * Those of the account whose states may be read with the role that applies this one; those that the code has no more, where
 * the role may look for them.
 */
async function neighboursOf(
  accounts: Accounts,
  stack: StackDescription,
  { inCode, removed }: { inCode: readonly StackDescription[]; removed: Ask<StackDescription[]> },
): Promise<StackDescription[]> {
  const near = inCode.filter(
    (other) =>
      other.id !== stack.id &&
      other.environment.name === stack.environment.name &&
      accounts.roleOf(other) === accounts.roleOf(stack),
  );
  const isAdministrators = accounts.roleOf(stack) === accounts.roleOf({ ...stack, kind: removedKind.kind });
  const gone = isAdministrators ? await removed(stack) : [];
  return [...near, ...gone.filter(({ id }) => id !== stack.id)];
}

async function heldBy(accounts: Accounts, stack: StackDescription): Promise<NameClaim[]> {
  return claimsIn({ stack, state: await (await accounts.stateOf(stack)).read() });
}

function claimsInCode({ id, environment }: StackDescription, directory: string): NameClaim[] {
  const { resource = {} } = JSON.parse(readFileSync(join(directory, "cdk.tf.json"), "utf8")) as {
    readonly resource?: Resources;
  };
  return claimsOf({ stack: id, ...accountRegionOf(environment) }, resource);
}
