import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, keyAliasArn, roleArn } from "../../../core/arns";
import { endpointNames, servingRoleName, type EndpointNames } from "../../../core/naming";
import { configurationName, releaseKey } from "../../../core/releases";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { Endpoint } from "../../../modules/sagemaker/endpoint";
import { EndpointScaling } from "../../../modules/sagemaker/endpoint-scaling";
import { Releases } from "../../../modules/sagemaker/releases";
import { KeyBehindAlias } from "../../../modules/kms/key-behind-alias";
import { LogGroup } from "../../../modules/logs/log-group";
import type { ModelDefinition } from "../../../pipelines/model";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { accountRegionOf, namesOfWorkload } from "../../topology";
import { servedConfiguration, servedHash } from "./served";
import { endpointSettingsOf, type EndpointSettings } from "./settings-of";

export interface EndpointStackProps extends AccountStackProps<WorkloadEnvironment> {
  readonly model: ModelDefinition;
}

/** `<env>-<model>-endpoint`: nothing is served before the first release. */
export class EndpointStack extends AccountStack {
  private readonly names: EndpointNames;
  private readonly keyAlias: string;
  private readonly settings: EndpointSettings;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EndpointStackProps,
  ) {
    super(scope, id, props);
    const { estate, environment: workload, model } = props;
    this.names = endpointNames(estate.shared.project, model.name);
    this.keyAlias = namesOfWorkload(estate, workload).keyAlias;
    this.settings = endpointSettingsOf(workload, model);
    this.lookUpNetwork(estate, workload);
    const releases = this.releases();
    const key = new KeyBehindAlias(this, "key", { alias: this.keyAlias });
    new LogGroup(this, "log", { logGroupName: this.names.logGroup, keyArn: key.arn });
    this.scaling(releases, this.endpoint(releases));
  }

  private releases(): Releases {
    const { estate, environment: workload, model } = this.props;
    const settingsHash = servedHash(estate, workload, model);
    configurationName(this.names.endpoint, releaseKey(longestVersion, settingsHash));
    return new Releases(this, "releases", {
      parameterName: this.names.parameter,
      description: `Releases of ${model.name}: what serves, and what served before`,
      settingsHash,
    });
  }

  private endpoint(releases: Releases): Endpoint {
    const { names, settings, keyAlias } = this;
    const { estate, environment: workload, model } = this.props;
    const { executionRole } = namesOfWorkload(estate, workload);
    return new Endpoint(this, "endpoint", {
      ...{ names, releases, kind: settings.kind, alarms: settings.alarms },
      ...(settings.kind !== "serverless" && { rollout: settings.rollout }),
      ...(settings.kind === "asynchronous" && { after: this.topicsOfRequests() }),
      alarmTopicArns: [this.alarmTopic()],
      roleArn: roleArn(workload, servingRoleName(executionRole, model.name)),
      configuration: {
        ...servedConfiguration(estate, workload, model),
        keyArn: keyAliasArn(accountRegionOf(workload), keyAlias),
      },
      otherKind:
        `Endpoint ${names.endpoint} serves otherwise than ${settings.kind}, and AWS does not change that. Without "endpoint" in the environment's file, ` +
        `npx mlops destroy ${this.node.id} takes it away, with its record of releases; then it is put in anew, applied and released. Nothing serves in between.`,
    });
  }

  private scaling(releases: Releases, endpoint: Endpoint): void {
    const { names, settings } = this;
    if (settings.kind === "serverless") return;
    const { min, max } = settings.instances;
    if (max > min)
      new EndpointScaling(this, "scaling", {
        ...{ endpoint, names, releases, minCapacity: min, maxCapacity: max },
        target:
          settings.kind === "asynchronous"
            ? { backlog: settings.asynchronous.backlogPerInstance }
            : { invocationsPerMinute: settings.invocationsPerMinute },
      });
  }

  /** @returns its ARN */
  private alarmTopic(): string {
    const { names, keyAlias } = this;
    const { environment: workload } = this.props;
    const where = accountRegionOf(workload);
    return new AlertTopic(this, "alarms", {
      topicName: names.alarmTopic,
      keyAlias,
      emails: workload.alertEmails,
      ruleArns: [],
      alarmArns: [names.errorAlarm, names.latencyAlarm].map((alarm) => alarmArn(where, alarm)),
    }).arn;
  }

  /** The endpoint's role publishes there; whoever wants to hear of requests subscribes. */
  private topicsOfRequests(): ITerraformDependable[] {
    const { names, keyAlias } = this;
    const topics = { answered: names.answeredTopic, failed: names.failedTopic };
    return Object.entries(topics).map(
      ([id, topicName]) =>
        new AlertTopic(this, id, { topicName, keyAlias, emails: [], ruleArns: [], alarmArns: [] }).topic,
    );
  }
}

/** Names of its configurations must have room for. */
const longestVersion = 99_999;
