import { CodeconnectionsConnection } from "@cdktf/provider-aws/lib/codeconnections-connection";
import type { Construct } from "constructs";
import type { WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, keyAliasArn, ruleArn } from "../../../core/arns";
import { containerNames, type ContainerNames } from "../../../core/container-names";
import { resourceName } from "../../../core/name-limits";
import { imageRepositoryName } from "../../../core/naming";
import { partitionOf } from "../../../core/partition";
import { serviceTrust, type IdentityStatement } from "../../../core/policy";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { ImageBuild } from "../../../modules/codebuild/image-build";
import { ImagePipeline } from "../../../modules/codepipeline/image-pipeline";
import { ImageRepository } from "../../../modules/ecr/image-repository";
import { deliveryFailed } from "../../../modules/events/event-patterns";
import { FailureAlert } from "../../../modules/events/failure-alert";
import { buildFailureMessage } from "../../../modules/events/messages";
import { Role } from "../../../modules/iam/role";
import { KmsKey } from "../../../modules/kms/kms-key";
import {
  eventsToTopicsStatement,
  logsUseStatement,
  rulesAndAlarmsStatement,
} from "../../../modules/kms/statements";
import { LogGroup } from "../../../modules/logs/log-group";
import { PrivateBucket } from "../../../modules/s3/private-bucket";
import type { ModelDefinition } from "../../../pipelines/model";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { accountRegionOf } from "../../topology";
import { containerSettingsOf, type ContainerSettings } from "./settings";
import { buildStatements, pipelineStatements } from "./statements";
import { WorkflowStart } from "./workflow-start";

export interface ContainerStackProps extends AccountStackProps<WorkloadEnvironment> {
  readonly model: ModelDefinition;
}

/** Days that the source of a build is kept. */
const sourceDays = 30;

/** `<env>-<model>-container`: an image of each commit, by its whole hash and its digest, for whatever uses it. */
export class ContainerStack extends AccountStack {
  private readonly props: ContainerStackProps;
  private readonly names: ContainerNames;
  private readonly imageRepository: string;
  private readonly settings: ContainerSettings & { readonly folder: string };

  constructor(scope: Construct, id: string, props: ContainerStackProps) {
    super(scope, id, props);
    const { estate, environment, model } = props;
    const { project } = estate.shared;
    this.props = props;
    this.names = containerNames(
      { project, environment: environment.name, account: environment.account },
      model.name,
    );
    this.imageRepository = imageRepositoryName(project, model.name);
    this.settings = containerSettingsOf(environment, model);
    const key = this.key();
    new ImageRepository(this, "images", {
      repositoryName: this.imageRepository,
      keyArn: key.arn,
      keep: this.settings.keepImages,
    });
    const source = this.source(key);
    this.pipeline(key, source, this.build(key));
    this.alerts();
  }

  private get where() {
    return accountRegionOf(this.props.environment);
  }

  private key(): KmsKey {
    return new KmsKey(this, "key", {
      description: `Images of ${this.props.model.name}, and how they are built`,
      accountRegion: this.where,
      alias: this.names.keyAlias,
      statements: [
        logsUseStatement(this.where),
        eventsToTopicsStatement(this.where),
        rulesAndAlarmsStatement(this.where.account),
      ],
    });
  }

  private source(key: KmsKey): PrivateBucket {
    return new PrivateBucket(this, "source", {
      bucketName: this.names.bucket,
      region: this.where.region,
      keyArn: key.arn,
      acceptedKeyArns: [key.arn, keyAliasArn(this.where, this.names.keyAlias)],
      expirations: [{ id: "expire-sources", prefix: "", days: sourceDays }],
    });
  }

  private build(key: KmsKey): ImageBuild {
    const { group } = new LogGroup(this, "log", { logGroupName: this.names.logGroup, keyArn: key.arn });
    const role = this.role("build", this.names.buildRole, "codebuild", {
      build: buildStatements(this.where, this.names, this.imageRepository),
    });
    const { account, region } = this.where;
    const registry = `${account}.dkr.ecr.${region}.${partitionOf(region).dnsSuffix}`;
    return new ImageBuild(this, "image-build", {
      projectName: this.names.buildProject,
      description: `Builds the image of ${this.props.model.name} and pushes it`,
      roleArn: role.arn,
      buildspec: `${this.settings.folder}/buildspec.yml`,
      environment: { FOLDER: this.settings.folder, REGISTRY: registry, REPOSITORY: this.imageRepository },
      keyArn: key.arn,
      logGroupName: group.name,
      dependsOn: role.policies,
    });
  }

  private pipeline(key: KmsKey, source: PrivateBucket, build: ImageBuild): void {
    const { repository: gitRepository, branch, folder } = this.settings;
    const connectionArn = this.connectionArn();
    const role = this.role("pipeline", this.names.pipelineRole, "codepipeline", {
      pipeline: pipelineStatements(this.where, this.names, { connectionArn, gitRepository }),
    });
    new ImagePipeline(this, "image-pipeline", {
      ...{ connectionArn, gitRepository, branch, folder, keyArn: key.arn },
      pipelineName: this.names.deliveryPipeline,
      roleArn: role.arn,
      buildProjectName: build.name,
      bucketName: source.bucket.bucket,
      dependsOn: [...role.policies, source.policy],
    });
  }

  private connectionArn(): string {
    if (this.settings.connection !== undefined) return this.settings.connection;
    return new CodeconnectionsConnection(this, "connection", {
      name: resourceName("connection", this.names.connection),
      providerType: this.settings.provider ?? "GitHub",
    }).arn;
  }

  private role(
    id: string,
    roleName: string,
    service: string,
    inlinePolicies: Readonly<Record<string, readonly IdentityStatement[]>>,
  ): Role {
    return new Role(this, `${id}-role`, {
      ...{ roleName, inlinePolicies },
      description: `The ${id} of ${this.props.model.name}'s image`,
      trust: [serviceTrust([`${service}.amazonaws.com`], this.where.account)],
    });
  }

  private alerts(): void {
    const { names, where } = this;
    const { startsWorkflow } = this.settings;
    const telling = [names.failureRule, ...(startsWorkflow === "scanned" ? [names.scanRule] : [])];
    const rules = [...telling, ...(startsWorkflow === undefined ? [] : [names.startRule])];
    const topic = new AlertTopic(this, "alerts", {
      topicName: names.topic,
      keyAlias: names.keyAlias,
      emails: this.props.environment.alertEmails,
      ruleArns: telling.map((rule) => ruleArn(where, rule)),
      alarmArns: [names.deadLetterAlarm, names.newDeadLetterAlarm].map((alarm) => alarmArn(where, alarm)),
    });
    const undelivered = new DeadLetterQueue(this, "undelivered-events", {
      accountRegion: where,
      queueName: names.deadLetterQueue,
      alarmName: names.deadLetterAlarm,
      newAlarmName: names.newDeadLetterAlarm,
      keyAlias: names.keyAlias,
      ruleArns: rules.map((rule) => ruleArn(where, rule)),
      alarmTopicArns: [topic.arn],
    });
    new FailureAlert(this, "failure", {
      ruleName: names.failureRule,
      description: `Says that an image of ${this.props.model.name} was not built`,
      pattern: deliveryFailed(names.deliveryPipeline),
      message: buildFailureMessage,
      topicArn: topic.arn,
      deadLetterQueueArn: undelivered.arn,
    });
    const start = { ...this.props, names, alerts: topic, undelivered };
    if (startsWorkflow !== undefined) new WorkflowStart(this, "workflow", { ...start, when: startsWorkflow });
  }
}
