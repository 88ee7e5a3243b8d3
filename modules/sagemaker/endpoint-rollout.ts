import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { SagemakerEndpointDeploymentConfig } from "@cdktf/provider-aws/lib/sagemaker-endpoint";

/** How traffic goes over to a new version. */
export interface Rollout {
  readonly type: "all at once" | "canary" | "linear";
  /** Capacity of a canary, or of each step. */
  readonly percent: number;
  /** In which alarms may roll each step back. */
  readonly waitMinutes: number;
}

/** Blue/green, rolled back on alarms: https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-blue-green.html */
export function deploymentOf(
  { type, percent, waitMinutes }: Rollout,
  alarms: readonly CloudwatchMetricAlarm[],
): SagemakerEndpointDeploymentConfig {
  const size = { type: "CAPACITY_PERCENT", value: percent };
  const waitIntervalInSeconds = waitMinutes * 60;
  return {
    blueGreenUpdatePolicy: {
      terminationWaitInSeconds: waitIntervalInSeconds,
      trafficRoutingConfiguration: {
        type: type.toUpperCase().replaceAll(" ", "_"),
        waitIntervalInSeconds,
        ...(type === "canary" && { canarySize: size }),
        ...(type === "linear" && { linearStepSize: size }),
      },
    },
    autoRollbackConfiguration: { alarms: alarms.map(({ alarmName }) => ({ alarmName })) },
  };
}
