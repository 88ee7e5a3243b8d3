import type { Applier, StackDescription } from "../../stacks/kind";
import type { Affected } from "../affected";
import { changesInCode } from "../affected/changes-in-code";
import { applierNames, applierOf } from "../estate/stack-facts";
import { wavesOf } from "../estate/waves";
import type { StackSummary } from "./summary";

/** One stack that a change concerns. */
export interface RolloutStep {
  readonly stack: string;
  readonly appliedBy: Applier;
  /** Whether it is planned here, or somebody else has to. */
  readonly planned: boolean;
  /** What differs in the code, where it is not planned here and the other commit tells. */
  readonly inCode?: StackSummary;
}

/** Every stack that a change concerns, in the order in which they are to be applied; those of one group side by side. */
export type Rollout = readonly (readonly RolloutStep[])[];

/**
 * @param stacks all of the estate
 * @param planned ids of those that are planned here
 */
export function rolloutOf(
  { stacks: affected, files }: Affected,
  stacks: readonly StackDescription[],
  planned: ReadonlySet<string>,
): Rollout {
  const concerned = stacks.filter(({ id }) => affected.some((stack) => stack.id === id));
  return wavesOf(concerned).map((wave) =>
    wave.stacks.map((stack): RolloutStep => {
      const { id, environment } = stack;
      const step = { stack: id, appliedBy: applierOf(stack), planned: planned.has(id) };
      const after = files?.after[id];
      if (step.planned || !files || !after) return step;
      const name = { stack: id, environment: environment.name, account: environment.account };
      return { ...step, inCode: changesInCode(name, files.before[id], after) };
    }),
  );
}

/** What the code does to the stacks that are not planned here. */
export const inCodeOf = (rollout: Rollout): StackSummary[] =>
  rollout.flat().flatMap(({ inCode }) => (inCode && inCode.changes.length > 0 ? [inCode] : []));

/** Who applies what, a numbered line for each group and applier; none where all is planned here and goes at once. */
export function describeRollout(rollout: Rollout): string[] {
  if (rollout.length < 2 && rollout.flat().every(({ planned }) => planned)) return [];
  const lines = rollout.flatMap((group) =>
    (["administrator", "ci"] as const).flatMap((applier) => {
      const theirs = group.filter(({ appliedBy }) => appliedBy === applier);
      if (theirs.length === 0) return [];
      const names = theirs.map(({ stack, planned }) => (planned ? stack : `${stack} (not planned here)`));
      return [`${applierNames[applier]}: ${names.join(", ")}`];
    }),
  );
  return lines.map((line, index) => `${index + 1}. ${line}`);
}
