import { areaUnderRoc } from "../../operate/roc";
import { scoreAll, type Scoring } from "../../operate/scoring";

/** Rows that a version was not trained on, and what its evaluation said of them. */
export interface HeldOut {
  /** CSV without a header, label first. */
  readonly text: string;
  /** Where the rows are from. */
  readonly uri: string;
  /** AUC, as it was recorded when the version was registered. */
  readonly recordedAuc: number;
}

/** What invocations over held-out rows came to. */
export interface TestReport {
  readonly rows: number;
  readonly auc: number;
  readonly recordedAuc: number;
  /** Of invocations. */
  readonly milliseconds: { readonly p50: number; readonly p99: number };
  readonly passed: boolean;
}

/** What the AUC may be below the recorded one: of the same rows and model, only numbers' last digits differ. */
export const aucMargin = 0.005;

/** @throws Error where rows are no CSV with a label; the SDK's errors */
export async function testEndpoint(
  scoring: Scoring,
  { text, uri, recordedAuc }: HeldOut,
): Promise<TestReport> {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== "");
  if (rows.length === 0) throw new Error(`${uri} holds no rows`);
  const labels = rows.map((row) => Number(row.split(",", 1)[0]));
  const features = rows.map((row) => row.slice(row.indexOf(",") + 1));
  const { scores, milliseconds: times } = await scoreAll(scoring, features);
  const auc = areaUnderRoc(labels, scores);
  const sorted = times.toSorted((one, other) => one - other);
  const quantile = (part: number): number => sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
  return {
    rows: rows.length,
    auc,
    recordedAuc,
    milliseconds: { p50: quantile(0.5), p99: quantile(0.99) },
    passed: auc >= recordedAuc - aucMargin,
  };
}
