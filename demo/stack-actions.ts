import { applyStack, planStack, type StackRuns } from "../deploy/estate/stack-runs";
import type { StackAction } from "../deploy/progress/stack-runner";

export const applyAction =
  (runs: StackRuns): StackAction =>
  async (stack, report) => {
    const { summary } = await applyStack(runs, stack, report);
    return `${summary?.add ?? 0} added, ${summary?.change ?? 0} changed, ${summary?.import ?? 0} imported`;
  };

/** Plans a stack again; a pending change is a failure. */
export const replanAction =
  (runs: StackRuns): StackAction =>
  async (stack, report) => {
    const { changes } = await planStack(runs, stack, report);
    if (changes.length === 0) return "nothing pending";
    const pending = changes.map(({ action, resource }) => `${action} ${resource.addr}`);
    throw new Error(`${changes.length} changes are pending:\n${pending.join("\n")}`);
  };
