import type { ExecutionReport } from "./types";

/** What the monitor made of one period. */
export interface PeriodReport {
  /** `Truth that agrees`. */
  readonly title: string;
  /** By name, such as `rmse`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Empty for predictions that are as good as when the version was approved. */
  readonly violations: readonly { readonly metric: string; readonly description: string }[];
}

/** Predictions of a model, held to what became of them. */
export interface GroundTruthReport {
  readonly model: string;
  /** Where it predicts. */
  readonly environment: string;
  readonly account: string;
  /** Of the version that predicted. */
  readonly version: number;
  readonly periods: readonly PeriodReport[];
  readonly executions: readonly ExecutionReport[];
}
