import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";
import { variantName, type Endpoint } from "./endpoint";
import type { Releases } from "./releases";

export interface EndpointScalingProps {
  readonly endpoint: Endpoint;
  readonly endpointName: string;
  readonly policyName: string;
  readonly releases: Releases;
  readonly minCapacity: number;
  readonly maxCapacity: number;
  /** Of each instance in a minute, above which another is added. */
  readonly invocations: number;
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling.html */
export class EndpointScaling extends Construct {
  constructor(scope: Construct, id: string, props: EndpointScalingProps) {
    super(scope, id);
    const what = {
      serviceNamespace: "sagemaker",
      resourceId: `endpoint/${props.endpointName}/variant/${variantName}`,
      scalableDimension: "sagemaker:variant:DesiredInstanceCount",
    };
    const target = new AppautoscalingTarget(this, "target", {
      ...what,
      minCapacity: props.minCapacity,
      maxCapacity: props.maxCapacity,
      dependsOn: [props.endpoint.endpoint],
    });
    const policy = new AppautoscalingPolicy(this, "policy", {
      ...what,
      name: props.policyName,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: props.invocations,
        predefinedMetricSpecification: {
          predefinedMetricType: "SageMakerVariantInvocationsPerInstance",
        },
      },
      dependsOn: [target],
    });
    for (const resource of [target, policy]) resource.addOverride("count", props.releases.oneIfAny);
  }
}
