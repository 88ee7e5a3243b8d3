import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import type { EndpointNames } from "../../core/naming";
import type { Endpoint } from "./endpoint";
import { variantName } from "./endpoint-configuration";
import type { Releases } from "./releases";

export interface EndpointScalingProps {
  readonly endpoint: Endpoint;
  readonly names: EndpointNames;
  readonly releases: Releases;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  /** Of each instance, above which another is added. */
  readonly target: { readonly invocationsPerMinute: number } | { readonly backlog: number };
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling.html */
export class EndpointScaling extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EndpointScalingProps,
  ) {
    super(scope, id);
    const target = this.target();
    this.byLoad(target);
    if (props.minCapacity === 0) this.fromNone(target);
  }

  private target(): AppautoscalingTarget {
    const { endpoint, minCapacity, maxCapacity } = this.props;
    return this.ifReleased(
      new AppautoscalingTarget(this, "target", {
        ...this.what(),
        minCapacity,
        maxCapacity,
        dependsOn: [endpoint.endpoint],
      }),
    );
  }

  private byLoad(target: AppautoscalingTarget): void {
    this.ifReleased(
      new AppautoscalingPolicy(this, "policy", {
        ...this.what(),
        name: this.props.names.scaling,
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: this.tracking(),
        dependsOn: [target],
      }),
    );
  }

  /** https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-autoscale.html */
  private tracking() {
    const { target, names } = this.props;
    if ("invocationsPerMinute" in target)
      return {
        targetValue: target.invocationsPerMinute,
        predefinedMetricSpecification: {
          predefinedMetricType: "SageMakerVariantInvocationsPerInstance",
        },
      };
    return {
      targetValue: target.backlog,
      customizedMetricSpecification: {
        namespace: "AWS/SageMaker",
        metricName: "ApproximateBacklogSizePerInstance",
        dimensions: [{ name: "EndpointName", value: names.endpoint }],
        statistic: "Average",
      },
    };
  }

  /** Without instances there is no backlog of each: the first one comes as soon as anything waits. */
  private fromNone(target: AppautoscalingTarget): void {
    const { names } = this.props;
    const policy = this.ifReleased(
      new AppautoscalingPolicy(this, "fromNone", {
        ...this.what(),
        name: names.scalingFromNone,
        policyType: "StepScaling",
        stepScalingPolicyConfiguration: {
          adjustmentType: "ChangeInCapacity",
          metricAggregationType: "Average",
          cooldown: 300,
          stepAdjustment: [{ metricIntervalLowerBound: "0", scalingAdjustment: 1 }],
        },
        dependsOn: [target],
      }),
    );
    this.ifReleased(
      new CloudwatchMetricAlarm(this, "waiting", {
        alarmName: resourceName("alarm", names.waitingAlarm),
        alarmDescription: "Requests wait, and no instance is there for them",
        namespace: "AWS/SageMaker",
        metricName: "HasBacklogWithoutCapacity",
        dimensions: { EndpointName: names.endpoint },
        statistic: "Average",
        period: 60,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "missing",
        alarmActions: [`\${${policy.terraformResourceType}.${policy.friendlyUniqueId}[0].arn}`],
      }),
    );
  }

  private what() {
    return {
      serviceNamespace: "sagemaker",
      resourceId: `endpoint/${this.props.names.endpoint}/variant/${variantName}`,
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
    };
  }

  private ifReleased<Resource extends AppautoscalingTarget | AppautoscalingPolicy | CloudwatchMetricAlarm>(
    resource: Resource,
  ): Resource {
    resource.addOverride("count", this.props.releases.oneIfAny);
    return resource;
  }
}
