import { physicalNames } from "../../core/physical-names";
import { claimsOf, type NameClaim } from "../../stacks/name-claims";
import type { StackDescription } from "../../stacks/list";
import { accountRegionOf } from "../../stacks/topology";
import { attributesIn, type StateJson } from "../terraform/state-json";

/** A stack with its state. */
export interface StackState {
  readonly stack: StackDescription;
  readonly state: Pick<StateJson, "resources">;
}

/**
 * What of a removed stack another one holds too, such as the topic of a model that was renamed: to destroy it would take
 * it from the other.
 * @returns addresses in the removed stack
 */
export function heldElsewhere(removed: StackState, others: readonly StackState[]): string[] {
  const held = new Set(others.flatMap(claimsIn).map(({ name }) => name));
  return claimsIn(removed).flatMap(({ address, name }) => (held.has(name) ? [address] : []));
}

/** The physical names that a stack has, as its state says. */
export function claimsIn({ stack: { id, environment }, state }: StackState): NameClaim[] {
  const known = Object.entries(attributesIn(state)).filter(([type]) => type in physicalNames);
  return claimsOf({ stack: id, ...accountRegionOf(environment) }, Object.fromEntries(known));
}
