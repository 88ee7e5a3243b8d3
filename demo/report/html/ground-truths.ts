import { markup, type Markup } from "../text/markup";
import type { GroundTruthReport, PeriodReport } from "../ground-truth-types";
import { executionArticle } from "./executions";
import { section } from "./section";
import { table } from "./table";

/** Predictions beside what became of them. Nothing, where no estate compares them. */
export async function groundTruthsSection(
  reports: readonly GroundTruthReport[],
): Promise<Markup | undefined> {
  if (reports.length === 0) return undefined;
  const note =
    "What became of the people of a batch arrives later. The monitor compares it with what was predicted, and fails where that is worse than " +
    "one period in a hundred is by chance.";
  const props = { id: "ground-truth", title: "Ground truth", note };
  return section(props, await Promise.all(reports.map(groundTruth)));
}

async function groundTruth(report: GroundTruthReport, at: number): Promise<Markup> {
  const { model, environment, account, version, periods, executions } = report;
  const id = `ground-truth-${at + 1}`;
  return markup`<p class="origin">Version ${version} of <span class="term">${model}</span> predicts in ${environment} (${account}).</p>
${periods.length > 0 && periodsTable(periods)}
${await Promise.all(executions.map((execution, index) => executionArticle(`${id}-execution-${index + 1}`, execution)))}`;
}

function periodsTable(periods: readonly PeriodReport[]): Markup {
  const names = Object.keys(periods[0]?.metrics ?? {});
  const rows = periods.map(({ title, metrics, violations }) => [
    title,
    ...names.map((name) => metrics[name]?.toFixed(3) ?? ""),
    violations.map(({ description }) => description).join("; ") || "as good as when it was approved",
  ]);
  const columns = [
    { title: "Period" },
    ...names.map((title) => ({ title, className: "figure" })),
    { title: "What the monitor finds" },
  ];
  return table({ caption: "Predictions compared with ground truth, by period", columns, rows });
}
