import type { PeriodReport } from "../../report/ground-truth-types";

interface Metrics {
  readonly regression_metrics: Readonly<Record<string, { readonly value: number }>>;
}

interface Violations {
  readonly violations: readonly { readonly metric_name: string; readonly description: string }[];
}

/** Metrics in the statistics that Model Monitor writes of a regression: https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html */
export function metricsOf(statistics: string): PeriodReport["metrics"] {
  const { regression_metrics: metrics } = JSON.parse(statistics) as Metrics;
  return Object.fromEntries(Object.entries(metrics).map(([name, { value }]) => [name, value]));
}

/** What of it is worse than the constraints allow. */
export function violationsOf(report: string): PeriodReport["violations"] {
  const { violations } = JSON.parse(report) as Violations;
  return violations.map(({ metric_name: metric, description }) => ({ metric, description }));
}
