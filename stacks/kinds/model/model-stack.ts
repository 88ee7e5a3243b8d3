import type { Construct } from "constructs";
import type { Estate, WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, roleArn, ruleArn } from "../../../core/arns";
import { modelRoleName, ruleName, triggerFunctionName, type WorkloadNames } from "../../../core/naming";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { executionFailed, stepFailed } from "../../../modules/events/event-patterns";
import { FailureAlert } from "../../../modules/events/failure-alert";
import { executionFailureMessage, stepFailureMessage } from "../../../modules/events/messages";
import { RuleStart, type StartTarget } from "../../../modules/events/rule-start";
import { KeyBehindAlias } from "../../../modules/kms/key-behind-alias";
import { NodeFunction } from "../../../modules/lambda/node-function";
import { VersionedFiles } from "../../../modules/s3/versioned-files";
import { Pipeline } from "../../../modules/sagemaker/pipeline";
import type { RenderedPipeline as Definition } from "../../../pipelines/definition";
import {
  enabledTriggers,
  type ModelContext,
  type ModelDefinition,
  type Trigger,
} from "../../../pipelines/model";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { modelContext } from "../../model-context";
import { pipelinesIn } from "../../model-pipelines";
import { namesOfWorkload, accountRegionOf, settingsOf } from "../../topology";
import { findPipeline, ruleTrigger, type BuiltPipeline, type BuiltPipelines } from "./built-pipelines";
import { addMissedSchedules } from "./missed-schedules";
import { modelStackNames, type ModelStackNames } from "./names";
import { versionFunctions } from "./version-functions";

export interface ModelStackProps extends AccountStackProps<WorkloadEnvironment> {
  readonly model: ModelDefinition;
}

/** `<env>-<model>`: the pipelines and what starts, watches and reports on them; CI applies it where there is one. */
export class ModelStack extends AccountStack {
  private readonly estate: Estate;
  private readonly workload: WorkloadEnvironment;
  private readonly model: ModelDefinition;
  private readonly context: ModelContext;
  private readonly accountNames: WorkloadNames;
  private readonly names: ModelStackNames;

  constructor(scope: Construct, id: string, props: ModelStackProps) {
    const { estate, environment, model } = props;
    super(scope, id, props);
    this.estate = estate;
    this.workload = environment;
    this.model = model;
    this.context = modelContext(estate, environment, model);
    this.accountNames = namesOfWorkload(estate, environment);
    this.names = modelStackNames(model);

    this.lookUpNetwork(estate, environment);
    const pipelines = this.pipelines(pipelinesIn(estate, environment, model));
    const alerts = this.alertTopic();
    const alarmTopics = [alerts, this.alarmTopic()];
    const undelivered = this.deadLetterQueue(alarmTopics);
    this.triggers(pipelines, undelivered);
    addMissedSchedules(this, this.workload, this.model, alarmTopics);
    this.failureAlerts(pipelines, alerts, undelivered);
  }

  private pipelines(definitions: Readonly<Record<string, Definition>>): Map<string, BuiltPipeline> {
    const dependsOn = [
      this.scripts(definitions),
      ...versionFunctions(this, this.estate, this.workload, this.model),
    ];
    const key = new KeyBehindAlias(this, "key", { alias: this.accountNames.keyAlias });
    return new Map(
      Object.entries(definitions).map(([name, definition]) => {
        const pipeline = new Pipeline(this, `${name}-pipeline`, {
          pipelineName: definition.name,
          definition: definition.render(),
          executionRoleArn: this.context.executionRoleArn,
          standIns: { [this.context.volumeKeyArn]: key.arn },
          dependsOn,
        });
        return [name, { definition, pipeline }];
      }),
    );
  }

  /** The model's own, and those that its pipelines bring along; several may bring the same one. */
  private scripts(definitions: Readonly<Record<string, Definition>>): VersionedFiles {
    const brought = Object.values(definitions).flatMap(({ scripts }) => scripts);
    const byKey = new Map([...this.model.scripts, ...brought].map((script) => [script.key, script]));
    return new VersionedFiles(this, "scripts", {
      bucketName: this.context.dataBucket,
      files: [...byKey.values()],
    });
  }

  private alertTopic(): AlertTopic {
    const where = accountRegionOf(this.workload);
    return new AlertTopic(this, "alerts", {
      topicName: this.names.alertTopic,
      keyAlias: this.accountNames.keyAlias,
      emails: this.workload.alertEmails,
      ruleArns: [this.names.stepFailure, this.names.executionFailure].map((rule) => ruleArn(where, rule)),
      alarmArns: this.alarmArns(),
    });
  }

  /** Of the alarms alone: its key is the state's, so that it does not fail with what they report on. */
  private alarmTopic(): AlertTopic {
    return new AlertTopic(this, "alarms", {
      topicName: this.names.alarmTopic,
      keyAlias: this.accountNames.stateKeyAlias,
      emails: this.workload.alertEmails,
      ruleArns: [],
      alarmArns: this.alarmArns(),
    });
  }

  private alarmArns(): string[] {
    return this.names.alarms.map((alarm) => alarmArn(accountRegionOf(this.workload), alarm));
  }

  private deadLetterQueue(topics: readonly AlertTopic[]): DeadLetterQueue {
    return new DeadLetterQueue(this, "undelivered-events", {
      accountRegion: accountRegionOf(this.workload),
      queueName: this.names.deadLetterQueue,
      alarmName: this.names.deadLetterAlarm,
      newAlarmName: this.names.newDeadLetterAlarm,
      keyAlias: this.accountNames.keyAlias,
      ruleArns: this.names.rules.map((rule) => ruleArn(accountRegionOf(this.workload), rule)),
      alarmTopicArns: topics.map(({ arn }) => arn),
    });
  }

  private triggers(pipelines: BuiltPipelines, undelivered: DeadLetterQueue): void {
    const settings = settingsOf(this.workload, this.model);
    for (const [name, trigger] of enabledTriggers(this.model.triggers, settings)) {
      new RuleStart(this, name, {
        ruleName: ruleName(this.model.name, name),
        description: trigger.description,
        trigger: ruleTrigger(trigger, settings[trigger.setting], pipelines),
        target: this.startTarget(name, trigger, pipelines, undelivered),
        deadLetterQueueArn: undelivered.arn,
      });
    }
  }

  /** A clock starts its pipeline; a failure is looked into first (ADR 26). */
  private startTarget(
    name: string,
    trigger: Trigger,
    pipelines: BuiltPipelines,
    undelivered: DeadLetterQueue,
  ): StartTarget {
    const { definition, pipeline } = findPipeline(pipelines, trigger.start);
    if (trigger.on === "schedule")
      return { pipelineArn: pipeline.arn, roleArn: this.context.executionRoleArn };
    const guard = new NodeFunction(this, `${name}-guard`, {
      functionName: triggerFunctionName(this.model.name, name),
      description: trigger.description,
      handler: "drift-retraining",
      roleArn: roleArn(this.workload, modelRoleName(this.accountNames.retrainingRole, this.model.name)),
      environment: { PIPELINE: definition.name },
      logGroupName: this.accountNames.functionLogGroup,
      network: this.context.network,
      deadLetterQueueArn: undelivered.arn,
    });
    const rule = ruleArn(accountRegionOf(this.workload), ruleName(this.model.name, name));
    return { functionArn: guard.arn, permission: guard.allowRule(rule) };
  }

  private failureAlerts(pipelines: BuiltPipelines, alerts: AlertTopic, undelivered: DeadLetterQueue): void {
    const pipelineArns = [...pipelines.values()].map(({ pipeline }) => pipeline.arn);
    const to = { topicArn: alerts.arn, deadLetterQueueArn: undelivered.arn };
    new FailureAlert(this, "step-failure", {
      ruleName: this.names.stepFailure,
      description: `Says which step of a ${this.model.name} pipeline failed, and why`,
      pattern: stepFailed(pipelineArns),
      message: stepFailureMessage,
      ...to,
    });
    new FailureAlert(this, "execution-failure", {
      ruleName: this.names.executionFailure,
      description: `Says that an execution of a ${this.model.name} pipeline failed`,
      pattern: executionFailed(pipelineArns),
      message: executionFailureMessage,
      ...to,
    });
  }
}
