import { statusText } from "../status";
import { duration } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { StepReport } from "../types";
import { table } from "./table";

/** An execution's steps as a table, folded. */
export function stepsTable(steps: readonly StepReport[]): Markup {
  const rows = steps.map((step) => [
    step.name,
    step.kind,
    statusText(step.status),
    step.seconds === undefined ? "" : duration(step.seconds),
    waits(step),
  ]);
  const columns = [
    { title: "Step" },
    { title: "Kind" },
    { title: "Status" },
    { title: "Time", className: "figure" },
    { title: "Waits for" },
  ];
  return markup`<details><summary>Steps as a table</summary>
${table({ caption: "Steps of the execution", columns, rows })}</details>`;
}

function waits({ after, branch }: StepReport): string {
  const side = branch ? [`${branch.condition} (${branch.side})`] : [];
  return [...side, ...after.filter((name) => name !== branch?.condition)].join(", ");
}
