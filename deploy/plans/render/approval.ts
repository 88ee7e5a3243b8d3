import type { StackSummary } from "../summary";

/** Which stacks nobody has to approve any more once this is applied: whoever approves it should know. */
export function describeEndOfApproval(
  summaries: readonly Pick<StackSummary, "stack" | "endsApproval">[],
): string[] {
  const ending = summaries.filter(({ endsApproval }) => endsApproval).map(({ stack }) => stack);
  return ending.length === 0
    ? []
    : [
        `Once this is applied, nobody has to approve what comes next: ${ending.join(", ")} (requireApproval is taken away).`,
      ];
}
