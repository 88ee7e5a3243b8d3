import type { SageMakerRuntimeClient } from "@aws-sdk/client-sagemaker-runtime";
import { scoreRows } from "../../operate/endpoints";
import { areaUnderRoc } from "../../operate/roc";

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

const rowsAtATime = 100;

/** @throws Error where rows are no CSV with a label; the SDK's errors */
export async function testEndpoint(
  runtime: SageMakerRuntimeClient,
  endpoint: string,
  { text, uri, recordedAuc }: HeldOut,
): Promise<TestReport> {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== "");
  if (rows.length === 0) throw new Error(`${uri} holds no rows`);
  const labels = rows.map((row) => Number(row.split(",", 1)[0]));
  const scores: number[] = [];
  const times: number[] = [];
  for (let at = 0; at < rows.length; at += rowsAtATime) {
    const features = rows.slice(at, at + rowsAtATime).map((row) => row.slice(row.indexOf(",") + 1));
    const scored = await scoreRows(runtime, endpoint, features);
    scores.push(...scored.scores);
    times.push(scored.milliseconds);
  }
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
