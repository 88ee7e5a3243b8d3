import { histogram } from "../svg/histogram";
import { count, percent } from "../text/format";
import { markup, type Markup } from "../text/markup";
import type { ColumnDistribution, DriftedColumn } from "../types";
import { section, type Absent } from "./section";

/** What the monitor found: the columns' values and the checks that they did not pass. */
export function driftSection(drift: readonly DriftedColumn[], absent: Absent): Markup {
  const props = { id: "drift", title: "Drift" };
  if (drift.length === 0) return section(props, absent("No monitor named a column"));
  const note = markup`Share of rows by value: <span class="key baseline">baseline</span> filled, <span class="key batch">batch</span> outlined. The last bar is the share of rows without a value.`;
  return section({ ...props, note }, markup`<div class="panels">${drift.map(panel)}</div>`);
}

function panel(column: DriftedColumn, at: number): Markup {
  const { name, title, baseline, batch, violations } = column;
  return markup`<figure class="drifted">
<figcaption><strong>${title}</strong> ${name !== title && markup`<span class="term">${name}</span>`}</figcaption>
${histogram(`drift-${at + 1}`, column)}
<p class="gaps">Missing: ${gaps(baseline)} in the baseline, ${gaps(batch)} in the batch</p>
<ul class="violations">${violations.map(
    ({ check, description }) => markup`<li><span class="term">${check}</span> ${description}</li>`,
  )}</ul>
</figure>
`;
}

function gaps({ present, missing: without }: ColumnDistribution): string {
  const rows = present + without;
  return `${percent(rows > 0 ? without / rows : 0)} (${count(without)} of ${count(rows)})`;
}
