import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SagemakerEndpoint } from "@cdktf/provider-aws/lib/sagemaker-endpoint";
import { SagemakerEndpointConfiguration } from "@cdktf/provider-aws/lib/sagemaker-endpoint-configuration";
import { SagemakerModel } from "@cdktf/provider-aws/lib/sagemaker-model";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { resourceName } from "../../core/name-limits";
import type { EndpointNames } from "../../core/naming";
import type { EndpointKind } from "../../core/releases";
import type { Network } from "../ec2/statements";
import { errorAlarm, latencyAlarm, type AlarmLimits } from "./endpoint-alarms";
import { configurationOf, isServerless, type Served } from "./endpoint-configuration";
import { deploymentOf, type Rollout } from "./endpoint-rollout";
import type { Releases } from "./releases";

export interface EndpointProps {
  readonly names: EndpointNames;
  readonly kind: EndpointKind;
  /** What is served. */
  readonly releases: Releases;
  readonly roleArn: string;
  /** What each configuration says beside its version; a release's key tells them apart. */
  readonly configuration: EndpointConfiguration;
  /** How a new version takes over. @default as AWS does it where nobody says how */
  readonly rollout?: Rollout;
  readonly alarms: AlarmLimits;
  /** Topics that hear of them. */
  readonly alarmTopicArns: readonly string[];
  /** What is there before any configuration. @default nothing */
  readonly after?: ITerraformDependable[];
  /** What is said of an endpoint that serves otherwise: AWS does not change that. */
  readonly otherKind: string;
}

export type EndpointConfiguration = Served & {
  /** ARN of a key or alias that encrypts volumes and what is kept of rows and scores. */
  readonly keyArn: string;
  /** Where models run. @default in SageMaker's own networks */
  readonly network?: Network;
};

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

  /** AWS isolates no serverless model. https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html */
  private model(): SagemakerModel {
    const { names, releases, roleArn, configuration } = this.props;
    const { network } = configuration;
    const model = new SagemakerModel(this, "model", {
      name: `${names.endpoint}-${releases.each.key}`,
      executionRoleArn: roleArn,
      enableNetworkIsolation: !isServerless(configuration),
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
    const { names, releases, configuration, after } = this.props;
    const { keyArn } = configuration;
    const modelName = `\${${model.terraformResourceType}.${model.friendlyUniqueId}[each.key].name}`;
    const made = new SagemakerEndpointConfiguration(this, "configuration", {
      name: `${names.endpoint}-${releases.each.key}`,
      kmsKeyArn: keyArn,
      ...configurationOf(configuration, modelName, keyArn),
      ...(after && { dependsOn: after }),
      lifecycle: neverChanged,
    });
    made.addOverride("for_each", releases.kept);
    return made;
  }

  private serving(
    configuration: SagemakerEndpointConfiguration,
    alarms: readonly CloudwatchMetricAlarm[],
  ): SagemakerEndpoint {
    const { names, releases, rollout, otherKind } = this.props;
    const { terraformResourceType, friendlyUniqueId } = configuration;
    const endpoint = new SagemakerEndpoint(this, "endpoint", {
      name: resourceName("endpoint", names.endpoint),
      endpointConfigName: `\${${terraformResourceType}.${friendlyUniqueId}[${releases.wantedKey}].name}`,
      ...(rollout && { deploymentConfig: deploymentOf(rollout, alarms) }),
    });
    endpoint.addOverride("count", releases.oneIfAny);
    endpoint.addOverride("lifecycle", {
      precondition: [{ condition: releases.areOfThisKind, error_message: otherKind }],
    });
    return endpoint;
  }

  private alarms(): CloudwatchMetricAlarm[] {
    const { names, kind, alarms: limits, alarmTopicArns: topicArns } = this.props;
    const props = { names, kind, limits, topicArns };
    return [
      new CloudwatchMetricAlarm(this, "errors", errorAlarm(props)),
      new CloudwatchMetricAlarm(this, "latency", latencyAlarm(props)),
    ];
  }
}
