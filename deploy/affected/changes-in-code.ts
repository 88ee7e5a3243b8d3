import { isDeepStrictEqual } from "node:util";
import { summarise, type StackName, type StackSummary } from "../plans/summary";
import type { Json, ResourceChange, Verb } from "../terraform/plan-json";
import { withoutComments } from "./differences";
import type { StackFiles } from "./stack-files";

type Blocks = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/**
 * What a change in the code does to a stack, told by its synthesised files alone: what it will be once the stack is planned,
 * as far as AWS is as the code had it before.
 * @param before undefined for a new stack
 */
export function changesInCode(
  name: StackName,
  before: StackFiles | undefined,
  after: StackFiles,
): StackSummary {
  const old = blocksOf(before);
  const now = blocksOf(after);
  const addresses = [...new Set([...old.keys(), ...now.keys()])];
  const changes = addresses.map((address): ResourceChange => {
    const [type = ""] = address.split(".");
    const [from = null, to = null] = [old.get(address), now.get(address)];
    return {
      address,
      mode: "managed",
      type,
      change: { actions: [verbOf(from, to)], before: from, after: to },
    };
  });
  return summarise(name, { resource_changes: changes });
}

function verbOf(before: Json, after: Json): Verb {
  if (before === null) return "create";
  if (after === null) return "delete";
  return isDeepStrictEqual(before, after) ? "no-op" : "update";
}

/** A stack's resources by address, without what is Terraform's own. */
function blocksOf(files: StackFiles | undefined): Map<string, Json> {
  const resources = (files?.configuration.resource ?? {}) as Blocks;
  return new Map(
    Object.entries(resources).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, block]) => [`${type}.${name}`, argumentsOf(block)] as const),
    ),
  );
}

const terraformsOwn = ["lifecycle", "depends_on", "provider"];

const argumentsOf = (block: Json): Json =>
  Object.fromEntries(
    Object.entries(withoutComments(block) as Record<string, Json>).filter(
      ([key]) => !terraformsOwn.includes(key),
    ),
  );
