import { isStackOf, stateStackId } from "../../core/stack-ids";
import type { Affected } from "../affected";

const stateSuffix = stateStackId({ name: "" });

/** What to do about stacks that stand although the code has them no more: a line each. */
export const adviceOnRemoved = (ids: readonly string[]): string[] =>
  ids.map((id) => `${id} is no more in the code: what it holds stays until mlops destroy ${id}`);

/**
 * What to do about stacks that a change takes out of the code. Where their environment goes too, no command knows its
 * account any more: the files as they were do.
 */
export function adviceOnRemovedBy({ removed, commit, environments = "environments" }: Affected): string[] {
  const gone = removed.filter((id) => id.endsWith(stateSuffix)).map((id) => id.slice(0, -stateSuffix.length));
  const isGone = (id: string): boolean => gone.some((name) => isStackOf({ name }, id));
  return [
    ...adviceOnRemoved(removed.filter((id) => !isGone(id))),
    ...gone.map(
      (name) =>
        `${removed.filter((id) => isStackOf({ name }, id)).join(", ")}: the environment ${name} is no more in the files: ` +
        `what it holds stays until git worktree add ../before ${commit.slice(0, 12)} and ` +
        `mlops destroy ${name} --environments ../before/${environments}`,
    ),
  ];
}
