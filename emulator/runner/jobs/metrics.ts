import type { MetricDefinition } from "@aws-sdk/client-sagemaker";
import { StepFailure } from "../execution/failure";

/** Metrics of a job by name, each with the value that its log tells last. */
export type Metrics = Readonly<Record<string, number>>;

/** Takes a log. */
export type MetricReader = (log: string) => Metrics;

/**
 * What reads a training job's metrics from its log: its definitions, or what SageMaker knows of its built-in algorithm.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/automatic-model-tuning-define-metrics-variables.html
 * @throws StepFailure for a regular expression that is none
 */
export function metricReader(
  definitions: readonly MetricDefinition[] | undefined,
  builtIn: MetricReader,
): MetricReader {
  if (!definitions || definitions.length === 0) return builtIn;
  const expressions = definitions.map(
    ({ Name = "", Regex = "" }) => [Name, expression(Name, Regex)] as const,
  );
  return (log) =>
    Object.fromEntries(
      expressions.flatMap(([name, regex]) => {
        const value = lastNumber(log, regex);
        return value === undefined ? [] : [[name, value]];
      }),
    );
}

function expression(name: string, regex: string): RegExp {
  try {
    return new RegExp(regex);
  } catch (error) {
    throw new StepFailure(
      `ClientError: the regular expression of metric ${name}: ${(error as Error).message}`,
    );
  }
}

/** CloudWatch writes tabs as `#011`, which expressions that are made for it count on. */
function lastNumber(log: string, regex: RegExp): number | undefined {
  return log
    .split("\n")
    .flatMap((line) => regex.exec(line)?.[1] ?? regex.exec(line.replaceAll("\t", "#011"))?.[1] ?? [])
    .map(Number)
    .filter(Number.isFinite)
    .at(-1);
}

/**
 * `[9]\ttrain-rmse:0.61\tvalidation-rmse:0.74` is what XGBoost says after a round; SageMaker's metrics are called `validation:rmse`.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost-tuning.html
 */
export const xgboostMetrics: MetricReader = (log) =>
  Object.fromEntries(
    [...log.matchAll(/^\[\d+\]\t.*$/gm)]
      .flatMap(([line]) => [...line.matchAll(/\t(train|validation)-([^\s:]+):(\S+)/g)])
      .map(([, channel = "", metric = "", value]) => [`${channel}:${metric}`, Number(value)] as const)
      .filter(([, value]) => Number.isFinite(value)),
  );

/** Of images whose metrics SageMaker does not know. */
export const noMetrics: MetricReader = () => ({});
