import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { resourceName } from "../../core/name-limits";
import type { EndpointNames } from "../../core/naming";
import type { EndpointKind } from "../../core/releases";
import { variantName } from "./endpoint-configuration";

export interface EndpointAlarms {
  readonly names: EndpointNames;
  readonly kind: EndpointKind;
  readonly limits: AlarmLimits;
  /** Topics that hear of them. */
  readonly topicArns: readonly string[];
}

export interface AlarmLimits {
  /** Errors of server and model in a minute that raise nothing. */
  readonly errors: number;
  /** Of nine invocations in ten. */
  readonly latencyMilliseconds: number;
}

interface Errors {
  /** By names for the formula. */
  readonly metrics: Readonly<Record<string, string>>;
  readonly all: string;
}

/** What counts errors: each kind of endpoint has metrics of its own. */
const errorsOf: Readonly<Record<EndpointKind, Errors>> = {
  /** A model's own 5XX is in both. https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html */
  "real-time": {
    metrics: { server: "Invocation5XXErrors", model: "InvocationModelErrors" },
    all: "MAX([FILL(server, 0), FILL(model, 0)])",
  },
  /** https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-monitoring.html */
  serverless: {
    metrics: { server: "Invocation5XXErrors", rows: "Invocation4XXErrors" },
    all: "FILL(server, 0) + FILL(rows, 0)",
  },
  /** For whatever reason. https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-monitor.html */
  asynchronous: { metrics: { failed: "InvocationFailures" }, all: "FILL(failed, 0)" },
};

const above = { comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1 } as const;

export function errorAlarm({ names, kind, limits, topicArns }: EndpointAlarms): CloudwatchMetricAlarmConfig {
  const { metrics, all } = errorsOf[kind];
  const sum = ([id, metricName]: [string, string]) => ({
    id,
    metric: {
      namespace: "AWS/SageMaker",
      metricName,
      dimensions: variantOf(names),
      period: 60,
      stat: "Sum",
    },
  });
  return {
    alarmName: resourceName("alarm", names.errorAlarm),
    alarmDescription: "Invocations end with an error, of SageMaker or of the model",
    metricQuery: [
      { id: "all", expression: all, label: "errors", returnData: true },
      ...Object.entries(metrics).map(sum),
    ],
    threshold: limits.errors,
    ...above,
    treatMissingData: "notBreaching",
    alarmActions: [...topicArns],
  };
}

export const latencyAlarm = ({ names, limits, topicArns }: EndpointAlarms): CloudwatchMetricAlarmConfig => ({
  alarmName: resourceName("alarm", names.latencyAlarm),
  alarmDescription: "One in ten invocations takes longer than the model may",
  namespace: "AWS/SageMaker",
  metricName: "ModelLatency",
  dimensions: variantOf(names),
  extendedStatistic: "p90",
  threshold: limits.latencyMilliseconds * 1000, // the metric is in microseconds
  period: 60,
  ...above,
  treatMissingData: "notBreaching",
  alarmActions: [...topicArns],
});

const variantOf = ({ endpoint }: EndpointNames) => ({ EndpointName: endpoint, VariantName: variantName });
