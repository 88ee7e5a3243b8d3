import type { Construct } from "constructs";
import type { ModelSettings, WorkloadEnvironment } from "../config/schema";
import { alarmArn, roleArn, ruleArn } from "../core/arns";
import { modelNames, type ModelNames, type WorkloadNames } from "../core/naming";
import { AlertTopic } from "../modules/alerts/alert-topic";
import { DeadLetterQueue } from "../modules/alerts/dead-letter-queue";
import { executionFailed, stepFailed } from "../modules/events/event-patterns";
import { FailureAlert } from "../modules/events/failure-alert";
import { executionFailureMessage, stepFailureMessage } from "../modules/events/messages";
import { PipelineStart, type Trigger } from "../modules/events/pipeline-start";
import { NodeFunction } from "../modules/lambda/node-function";
import { VersionedFiles } from "../modules/s3/versioned-files";
import { Pipeline } from "../modules/sagemaker/pipeline";
import type { Pipeline as Definition } from "../pipelines/definition";
import type { ModelContext, ModelDefinition } from "../pipelines/model";
import { AccountStack, type AccountStackProps } from "./account-stack";
import { modelContext } from "./model-context";
import { namesOfWorkload, placeOf, roleForModels } from "./topology";

export interface ModelStackProps extends AccountStackProps<WorkloadEnvironment> {
  readonly model: ModelDefinition;
  /** Deployment package of the latest-approved-model function. */
  readonly functionPackage: string;
}

/** `<env>-<model>`: the pipelines and what runs, watches and reports on them; Jenkins applies it. */
export class ModelStack extends AccountStack {
  private readonly workload: WorkloadEnvironment;
  private readonly model: ModelDefinition;
  private readonly context: ModelContext;
  private readonly accountNames: WorkloadNames;
  private readonly names: ModelNames;

  constructor(scope: Construct, id: string, props: ModelStackProps) {
    const { estate, environment, model } = props;
    super(scope, id, props, roleForModels(estate, environment));
    this.workload = environment;
    this.model = model;
    this.context = modelContext(estate, environment, model);
    this.accountNames = namesOfWorkload(estate, environment);
    this.names = modelNames(model.name);

    const settings = settingsOf(environment, model);
    const definitions = model.pipelines(this.context);
    const requisites = [this.scripts(), this.latestApprovedModel(props.functionPackage)];
    const train = this.pipeline("train-pipeline", definitions.train, requisites);
    const inference = this.pipeline("inference-pipeline", definitions.inference, requisites);

    const alerts = this.alertTopic();
    const undelivered = this.deadLetterQueue(alerts);
    this.inferenceSchedule(settings, inference, undelivered);
    this.driftRetraining(settings, definitions.inference, { train, inference }, undelivered);
    this.failureAlerts([train.arn, inference.arn], alerts, undelivered);
  }

  private scripts(): VersionedFiles {
    return new VersionedFiles(this, "scripts", {
      bucketName: this.context.dataBucket,
      files: this.model.scripts,
    });
  }

  private latestApprovedModel(packagePath: string): NodeFunction {
    return new NodeFunction(this, "latest-approved-model", {
      functionName: this.names.latestApprovedModelFunction,
      description: `Latest approved version of ${this.model.name} in the central registry`,
      packagePath,
      roleArn: roleArn(this.workload.account, this.accountNames.lambdaRole),
      environment: { MODEL_PACKAGE_GROUP: this.context.modelPackageGroupArn },
      logGroupName: this.accountNames.functionLogGroup,
    });
  }

  private pipeline(id: string, definition: Definition, dependsOn: readonly Construct[]): Pipeline {
    return new Pipeline(this, id, {
      pipelineName: definition.name,
      definition: definition.render(),
      executionRoleArn: this.context.executionRoleArn,
      dependsOn,
    });
  }

  private alertTopic(): AlertTopic {
    const place = placeOf(this.workload);
    return new AlertTopic(this, "alerts", {
      topicName: this.model.alertTopic,
      keyAlias: this.accountNames.keyAlias,
      emails: this.workload.alertEmails,
      ruleArns: [this.names.stepFailure, this.names.executionFailure].map((rule) => ruleArn(place, rule)),
      alarmArns: [alarmArn(place, this.names.deadLetterAlarm)],
    });
  }

  private deadLetterQueue(alerts: AlertTopic): DeadLetterQueue {
    const { inferenceSchedule, driftRetraining, stepFailure, executionFailure } = this.names;
    const rules = [inferenceSchedule, driftRetraining, stepFailure, executionFailure];
    return new DeadLetterQueue(this, "undelivered-events", {
      queueName: this.names.deadLetterQueue,
      alarmName: this.names.deadLetterAlarm,
      keyAlias: this.accountNames.keyAlias,
      ruleArns: rules.map((rule) => ruleArn(placeOf(this.workload), rule)),
      alarmTopicArn: alerts.arn,
    });
  }

  private inferenceSchedule(
    settings: ModelSettings,
    inference: Pipeline,
    undelivered: DeadLetterQueue,
  ): void {
    if (settings.inferenceSchedule === undefined) return;
    this.start("inference-schedule", inference, undelivered, {
      ruleName: this.names.inferenceSchedule,
      description: `Runs batch inference of ${this.model.name} on a schedule`,
      trigger: { schedule: settings.inferenceSchedule },
    });
  }

  /** Only a data-quality step's failure means drift; other failures are for people to look at. */
  private driftRetraining(
    settings: ModelSettings,
    definition: Definition,
    { train, inference }: { readonly train: Pipeline; readonly inference: Pipeline },
    undelivered: DeadLetterQueue,
  ): void {
    if (!settings.retrainOnDrift) return;
    this.start("drift-retraining", train, undelivered, {
      ruleName: this.names.driftRetraining,
      description: `Retrains ${this.model.name} when inference data has drifted`,
      trigger: { pattern: stepFailed([inference.arn], definition.stepNames("QualityCheck")) },
    });
  }

  private start(
    id: string,
    pipeline: Pipeline,
    undelivered: DeadLetterQueue,
    rule: { readonly ruleName: string; readonly description: string; readonly trigger: Trigger },
  ): void {
    new PipelineStart(this, id, {
      ...rule,
      pipelineArn: pipeline.arn,
      roleArn: this.context.executionRoleArn,
      deadLetterQueueArn: undelivered.arn,
    });
  }

  private failureAlerts(
    pipelineArns: readonly string[],
    alerts: AlertTopic,
    undelivered: DeadLetterQueue,
  ): void {
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

function settingsOf({ name, models }: WorkloadEnvironment, model: ModelDefinition): ModelSettings {
  const settings = models[model.name];
  if (!settings) throw new Error(`environment ${name} does not run the model ${model.name}`);
  return settings;
}
