import type { Construct } from "constructs";
import type { WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, keyAliasArn, roleArn } from "../../../core/arns";
import { endpointNames, servingRoleName, type EndpointNames } from "../../../core/naming";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { Endpoint } from "../../../modules/sagemaker/endpoint";
import { EndpointScaling } from "../../../modules/sagemaker/endpoint-scaling";
import { Releases } from "../../../modules/sagemaker/releases";
import { KeyBehindAlias } from "../../../modules/kms/key-behind-alias";
import { LogGroup } from "../../../modules/logs/log-group";
import type { ModelDefinition } from "../../../pipelines/model";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { accountRegionOf, namesOfWorkload } from "../../topology";
import { endpointSettingsOf } from "./settings";
import { servedConfiguration, servedHash } from "./served";

export interface EndpointStackProps extends AccountStackProps<WorkloadEnvironment> {
  readonly model: ModelDefinition;
}

/** `<env>-<model>-endpoint`: nothing is served before the first release. */
export class EndpointStack extends AccountStack {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: EndpointStackProps,
  ) {
    super(scope, id, props);
    const { estate, environment: workload, model } = props;
    const names = endpointNames(estate.shared.project, model.name);
    const { instances, rollout, alarms } = endpointSettingsOf(workload, model);
    const { keyAlias, executionRole } = namesOfWorkload(estate, workload);
    this.lookUpNetwork(estate, workload);
    const releases = new Releases(this, "releases", {
      parameterName: names.parameter,
      description: `Releases of ${model.name}: what serves, and what served before`,
      settingsHash: servedHash(estate, workload, model),
    });
    const key = new KeyBehindAlias(this, "key", { alias: keyAlias });
    new LogGroup(this, "log", { logGroupName: names.logGroup, keyArn: key.arn });
    const endpoint = new Endpoint(this, "endpoint", {
      ...{ names, releases, rollout, alarms, alarmTopicArns: [this.alarmTopic(names, keyAlias)] },
      roleArn: roleArn(workload, servingRoleName(executionRole, model.name)),
      configuration: {
        ...servedConfiguration(estate, workload, model),
        keyArn: keyAliasArn(accountRegionOf(workload), keyAlias),
      },
    });
    const { min, max = min, invocationsPerMinute } = instances;
    if (max > min)
      new EndpointScaling(this, "scaling", {
        ...{ endpoint, releases, minCapacity: min, maxCapacity: max },
        endpointName: names.endpoint,
        policyName: names.scaling,
        invocations: invocationsPerMinute,
      });
  }

  /** @returns its ARN */
  private alarmTopic({ alarmTopic, errorAlarm, latencyAlarm }: EndpointNames, keyAlias: string): string {
    const { environment: workload } = this.props;
    const where = accountRegionOf(workload);
    return new AlertTopic(this, "alarms", {
      topicName: alarmTopic,
      keyAlias,
      emails: workload.alertEmails,
      ruleArns: [],
      alarmArns: [errorAlarm, latencyAlarm].map((alarm) => alarmArn(where, alarm)),
    }).arn;
  }
}
