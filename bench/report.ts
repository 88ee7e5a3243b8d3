import { tableOf } from "../cli/table";
import type { Figure, Ratio, Row } from "./row";
import { spreadOf } from "./statistics";

const columns = ["what", "ours", "baseline", "ratio (least to most)", "goal", "verdict"] as const;

/** Rows as one table, then what each figure is. */
export function renderTable(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.what,
    describeFigure(row.ours),
    row.baseline ? describeFigure(row.baseline) : "–",
    row.ratio ? describeRatio(row.ratio) : "–",
    row.goal?.text ?? "–",
    verdictOf(row),
  ]);
  const notes = rows.flatMap((row) => [`${row.what}:`, ...explain(row).map((line) => `  ${line}`)]);
  return [...tableOf([columns.map((title) => title.toUpperCase()), ...cells]), "", ...notes].join("\n");
}

export const verdictOf = ({ goal }: Row): string =>
  goal === undefined ? "for information" : goal.met ? "met" : "MISSED";

function explain({ ours, baseline, notes = [] }: Row): string[] {
  const against = baseline ? [`against ${baseline.label}${cpuOf(baseline)}`] : [];
  return [`${ours.label}${cpuOf(ours)}`, ...against, ...notes];
}

function cpuOf({ cpuSeconds = [] }: Figure): string {
  return cpuSeconds.length === 0 ? "" : ` (${spreadOf(cpuSeconds).median.toFixed(2)} s of processor time)`;
}

/** Median of the rounds. */
const describeFigure = ({ rounds, unit }: Figure): string => `${short(spreadOf(rounds).median)} ${unit}`;

const describeRatio = ({ median, min, max, of }: Ratio): string =>
  `${median.toFixed(2)}× (${min.toFixed(2)}–${max.toFixed(2)})${of === "baseline / ours" ? " faster" : ""}`;

/** Three digits. */
const short = (figure: number): string =>
  figure >= 100 ? figure.toFixed(0) : figure >= 10 ? figure.toFixed(1) : figure.toFixed(2);
