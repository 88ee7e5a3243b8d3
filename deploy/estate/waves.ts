import type { StackDescription, Wave as WaveName } from "../../stacks/kind";
import { stackKinds } from "../../stacks/kinds";
import { kindOf } from "../../stacks/list";
import { removedKind } from "../../stacks/removed";

export interface Wave {
  readonly title: string;
  readonly stacks: readonly StackDescription[];
}

const building: readonly (readonly WaveName[])[] = [["network"], ["state", "base"], ["workload"]];
const tearingDown: readonly (readonly WaveName[])[] = [["workload"], ["base"], ["network"], ["state"]];

const list = new Intl.ListFormat("en-GB");

const group = (stacks: readonly StackDescription[], order: readonly (readonly WaveName[])[]): Wave[] =>
  order
    .map((names) => stacks.filter((stack) => names.includes(kindOf(stack).wave)))
    .filter((wave) => wave.length > 0)
    .map((wave) => ({ title: titleOf(wave), stacks: wave }));

/** The kinds in it, in the words of the table. */
function titleOf(stacks: readonly StackDescription[]): string {
  const present = [...stackKinds, removedKind].filter(({ kind }) =>
    stacks.some((stack) => stack.kind === kind),
  );
  return list.format(present.map(({ title }) => title));
}

/**
 * Stacks in the order a new estate needs them, once each account has an empty state bucket. No stack reads another's
 * state; the order comes from AWS, which lets a role be assumed or passed only once it exists.
 */
export const wavesOf = (stacks: readonly StackDescription[]): Wave[] => group(stacks, building);

/** Stacks in the order they can be destroyed in: the state buckets, which hold all other states, come last. */
export const teardownWavesOf = (stacks: readonly StackDescription[]): Wave[] => group(stacks, tearingDown);

/**
 * Whether a wave can be planned while the one before it is applied: a workload's plan takes no more of foundations than the
 * roles that it is made with, whereas a foundation looks up its network.
 */
export const plansAhead = ({ stacks }: Wave): boolean =>
  stacks.every((stack) => kindOf(stack).wave === "workload");
