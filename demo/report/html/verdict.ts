import { toneOf } from "../status";
import { axisOf, intervalPlot } from "../svg/interval-plot";
import { statusIcon } from "../svg/status-icon";
import { area, count, dateTime, duration, plural } from "../text/format";
import { markup, type Markup, type Part } from "../text/markup";
import type { DrillReport, Interval } from "../types";

/** Whether the drill held, and its figures. */
export function verdict(report: DrillReport): Markup {
  const { status, startedAt, stages } = report;
  const failed = stages.filter((stage) => stage.status === "failed");
  return markup`<header class="verdict ${toneOf(status)}">
<p class="kicker">Data drift drill · <time datetime="${startedAt}">${dateTime(startedAt)}</time></p>
<h1>${statusIcon(toneOf(status))}<span>${headline(report)}</span></h1>
${failed.map(({ name, verdict: found }) => markup`<p class="reason"><strong>${name}:</strong> ${found}</p>`)}
<dl class="figures">
${figures(report)}</dl>
</header>
`;
}

export function headline({ status, stages }: DrillReport): string {
  const failed = stages.filter((stage) => stage.status === "failed").length;
  if (status === "passed") return `Passed: all ${plural(stages.length, "stage")} held`;
  return failed > 0 ? `Failed: ${plural(failed, "stage")} of ${stages.length} did not hold` : "Failed";
}

function figures({ seconds, auc, executions, versions, drift, stacks }: DrillReport): Markup[] {
  const steps = executions.flatMap((execution) => execution.steps);
  const ran = steps.filter(({ status }) => status !== "NotExecuted").length;
  const rows = versions.map((version) => count(version.rows)).join(" and ");
  const resources = stacks.reduce((sum, stack) => sum + stack.resources, 0);
  return [
    figure("Total time", duration(seconds)),
    auc ? aucFigure(auc) : figure("AUC of the first version", "none", "the drill did not come that far"),
    figure("Pipeline executions", count(executions.length), `${plural(ran, "step")} run`),
    figure("Model versions", count(versions.length), rows && `from ${rows} rows`),
    figure("Drifted columns", count(drift.length), drift.map(({ title }) => title).join(", ")),
    figure("Stacks", count(stacks.length), plural(resources, "resource")),
  ];
}

const figure = (name: string, value: string, note: Part = "", className = ""): Markup =>
  markup`<div class="${className}"><dt>${name}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>
`;

function aucFigure(auc: Interval): Markup {
  const note = markup`95 % interval ${area(auc.low)} to ${area(auc.high)}`;
  const plot = intervalPlot(auc, axisOf([auc]));
  return figure("AUC of the first version", area(auc.value), markup`${note}${plot}`, "auc");
}
