import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SagemakerEndpoint } from "@cdktf/provider-aws/lib/sagemaker-endpoint";
import { SagemakerEndpointConfiguration } from "@cdktf/provider-aws/lib/sagemaker-endpoint-configuration";
import { SagemakerModel } from "@cdktf/provider-aws/lib/sagemaker-model";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import type { EndpointNames } from "../../core/naming";
import type { Network } from "../ec2/statements";
import { deploymentOf, type Rollout } from "./endpoint-rollout";
import type { Releases } from "./releases";

export interface EndpointProps {
  readonly names: EndpointNames;
  /** What is served. */
  readonly releases: Releases;
  readonly roleArn: string;
  /** What each configuration says beside its version; a release's key tells them apart. */
  readonly configuration: EndpointConfiguration;
  readonly rollout: Rollout;
  readonly alarms: AlarmLimits;
  /** Topics that hear of them. */
  readonly alarmTopicArns: readonly string[];
}

export interface EndpointConfiguration {
  readonly instanceType: string;
  readonly instanceCount: number;
  /** ARN of a key or alias that encrypts volumes and what is captured. */
  readonly keyArn: string;
  readonly capturePercent: number;
  /** `s3://…` */
  readonly captureUri: string;
  /** Where models run. @default in SageMaker's own networks */
  readonly network?: Network;
}

export interface AlarmLimits {
  /** Errors of server and model in a minute that raise nothing. */
  readonly errors: number;
  /** Of nine invocations in ten. */
  readonly latencyMilliseconds: number;
}

/** The one variant: an update that is rolled out in steps must not rename it. */
export const variantName = "AllTraffic";

/** Gone only once the endpoint has another: AWS updates none whose configuration is gone. */
const neverChanged = { createBeforeDestroy: true, ignoreChanges: "all" } as const;

/**
 * An endpoint, with a model and a configuration for each release that is kept. They are made and removed, and never changed or
 * replaced: AWS cannot update an endpoint whose configuration is gone, and Terraform takes an update that was rolled back for done
 * (https://github.com/hashicorp/terraform-provider-aws/issues/48997).
 */
export class Endpoint extends Construct {
  readonly endpoint: SagemakerEndpoint;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EndpointProps,
  ) {
    super(scope, id);
    const configuration = this.configuration(this.model());
    this.endpoint = this.serving(configuration, this.alarms());
  }

  private model(): SagemakerModel {
    const { names, releases, roleArn, configuration } = this.props;
    const { network } = configuration;
    const model = new SagemakerModel(this, "model", {
      name: `${names.endpoint}-${releases.each.key}`,
      executionRoleArn: roleArn,
      enableNetworkIsolation: true,
      ...(network && {
        vpcConfig: { subnets: [...network.subnetIds], securityGroupIds: [...network.securityGroupIds] },
      }),
      primaryContainer: { image: releases.each.image, modelDataUrl: releases.each.modelData },
      tags: { "model-package": releases.each.modelPackageArn },
      lifecycle: neverChanged,
    });
    model.addOverride("for_each", releases.kept);
    return model;
  }

  private configuration(model: SagemakerModel): SagemakerEndpointConfiguration {
    const { names, releases, configuration } = this.props;
    const { instanceType, instanceCount, keyArn, capturePercent, captureUri } = configuration;
    const made = new SagemakerEndpointConfiguration(this, "configuration", {
      name: `${names.endpoint}-${releases.each.key}`,
      kmsKeyArn: keyArn,
      productionVariants: [
        {
          variantName,
          modelName: `\${${model.terraformResourceType}.${model.friendlyUniqueId}[each.key].name}`,
          instanceType,
          initialInstanceCount: instanceCount,
          initialVariantWeight: 1,
        },
      ],
      ...(capturePercent > 0 && {
        dataCaptureConfig: {
          enableCapture: true,
          initialSamplingPercentage: capturePercent,
          destinationS3Uri: captureUri,
          kmsKeyId: keyArn,
          captureOptions: [{ captureMode: "Input" }, { captureMode: "Output" }],
          captureContentTypeHeader: {
            csvContentTypes: ["text/csv"],
            jsonContentTypes: ["application/json"],
          },
        },
      }),
      lifecycle: neverChanged,
    });
    made.addOverride("for_each", releases.kept);
    return made;
  }

  private serving(
    configuration: SagemakerEndpointConfiguration,
    alarms: readonly CloudwatchMetricAlarm[],
  ): SagemakerEndpoint {
    const { names, releases, rollout } = this.props;
    const { terraformResourceType, friendlyUniqueId } = configuration;
    const endpoint = new SagemakerEndpoint(this, "endpoint", {
      name: resourceName("endpoint", names.endpoint),
      endpointConfigName: `\${${terraformResourceType}.${friendlyUniqueId}[${releases.wantedKey}].name}`,
      deploymentConfig: deploymentOf(rollout, alarms),
    });
    endpoint.addOverride("count", releases.oneIfAny);
    return endpoint;
  }

  private alarms(): CloudwatchMetricAlarm[] {
    const { names, alarms, alarmTopicArns } = this.props;
    const alarmActions = [...alarmTopicArns];
    const dimensions = { EndpointName: names.endpoint, VariantName: variantName };
    const minute = { period: 60, evaluationPeriods: 1, treatMissingData: "notBreaching" };
    const above = "GreaterThanThreshold";
    const sum = (id: string, metricName: string) => ({
      id,
      metric: { namespace: "AWS/SageMaker", metricName, dimensions, period: 60, stat: "Sum" },
    });
    return [
      new CloudwatchMetricAlarm(this, "errors", {
        alarmName: resourceName("alarm", names.errorAlarm),
        alarmDescription: "Invocations end with an error, of SageMaker or of the model",
        metricQuery: [
          {
            id: "all",
            expression: "MAX([FILL(server, 0), FILL(model, 0)])",
            label: "errors",
            returnData: true,
          },
          sum("server", "Invocation5XXErrors"),
          sum("model", "InvocationModelErrors"),
        ],
        threshold: alarms.errors,
        comparisonOperator: above,
        evaluationPeriods: 1,
        treatMissingData: "notBreaching",
        alarmActions,
      }),
      new CloudwatchMetricAlarm(this, "latency", {
        alarmName: resourceName("alarm", names.latencyAlarm),
        alarmDescription: "One in ten invocations takes longer than the model may",
        namespace: "AWS/SageMaker",
        metricName: "ModelLatency",
        dimensions,
        extendedStatistic: "p90",
        threshold: alarms.latencyMilliseconds * 1000, // the metric is in microseconds
        comparisonOperator: above,
        alarmActions,
        ...minute,
      }),
    ];
  }
}
