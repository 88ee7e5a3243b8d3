import type { StackDescription } from "../../stacks/list";

export interface Wave {
  readonly title: string;
  readonly stacks: readonly StackDescription[];
}

type Kinds = readonly { readonly title: string; readonly kinds: readonly StackDescription["kind"][] }[];

const building: Kinds = [
  { title: "state, registry, foundations and CI", kinds: ["state", "registry", "foundation", "ci"] },
  { title: "models", kinds: ["model"] },
];

const tearingDown: Kinds = [
  { title: "models", kinds: ["model"] },
  { title: "registry, foundations and CI", kinds: ["registry", "foundation", "ci"] },
  { title: "state", kinds: ["state"] },
];

const group = (stacks: readonly StackDescription[], order: Kinds): Wave[] =>
  order
    .map(({ title, kinds }) => ({ title, stacks: stacks.filter(({ kind }) => kinds.includes(kind)) }))
    .filter((wave) => wave.stacks.length > 0);

/**
 * Stacks in the order a new estate needs them, once each account has an empty state bucket. No stack reads another's
 * state; the order comes from AWS, which lets a role be assumed or passed only once it exists.
 */
export const wavesOf = (stacks: readonly StackDescription[]): Wave[] => group(stacks, building);

/** Stacks in the order they can be destroyed in: the state buckets, which hold all other states, come last. */
export const teardownWavesOf = (stacks: readonly StackDescription[]): Wave[] => group(stacks, tearingDown);
