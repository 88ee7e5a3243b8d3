import type { StackDescription } from "../../stacks/list";

export interface Wave {
  readonly title: string;
  readonly stacks: readonly StackDescription[];
}

const waves: readonly { readonly title: string; readonly kinds: readonly StackDescription["kind"][] }[] = [
  { title: "state, registry, foundations and CI", kinds: ["state", "registry", "foundation", "ci"] },
  { title: "models", kinds: ["model"] },
];

/**
 * Stacks in the order a new estate needs them, once each account has an empty state bucket. No stack reads another's
 * state; the order comes from AWS, which lets a role be assumed or passed only once it exists.
 */
export function wavesOf(stacks: readonly StackDescription[]): Wave[] {
  return waves
    .map(({ title, kinds }) => ({ title, stacks: stacks.filter(({ kind }) => kinds.includes(kind)) }))
    .filter((wave) => wave.stacks.length > 0);
}
