import { describeCounts } from "../../../../../deploy/plans/render/counts";
import { describeResource } from "../../../../../deploy/plans/render/details";
import { renderMarkdown } from "../../../../../deploy/plans/render/markdown";
import { summarise } from "../../../../../deploy/plans/summary";
import type { PlanJson } from "../../../../../deploy/terraform/plan-json";
import { stackName } from "./plan-change";

/** All that anybody gets to see of a stack's plan: summary.json, the details on the screen, and the Markdown. */
export function everythingSaid(plan: PlanJson): string {
  const summary = summarise(stackName, plan);
  return [
    JSON.stringify(summary, undefined, 2),
    describeCounts(summary.counts),
    ...summary.changes.flatMap(describeResource),
    renderMarkdown({ summaries: [summary], failures: [], commit: { id: null, dirty: false } }),
  ].join("\n");
}
