import type { Construct } from "constructs";
import type { WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, roleArn, ruleArn } from "../../../core/arns";
import { ruleName, type WorkloadNames } from "../../../core/naming";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { executionFailed, stepFailed } from "../../../modules/events/event-patterns";
import { FailureAlert } from "../../../modules/events/failure-alert";
import { executionFailureMessage, stepFailureMessage } from "../../../modules/events/messages";
import { PipelineStart, type RuleTrigger } from "../../../modules/events/pipeline-start";
import { KeyBehindAlias } from "../../../modules/kms/key-behind-alias";
import { NodeFunction } from "../../../modules/lambda/node-function";
import { VersionedFiles } from "../../../modules/s3/versioned-files";
import { Pipeline } from "../../../modules/sagemaker/pipeline";
import type { Pipeline as Definition } from "../../../pipelines/definition";
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
import { modelStackNames, type ModelStackNames } from "./names";

export interface ModelStackProps extends AccountStackProps<WorkloadEnvironment> {
  readonly model: ModelDefinition;
}

/** One of the model's pipelines: what runs, and what it is on AWS. */
interface BuiltPipeline {
  readonly definition: Definition;
  readonly pipeline: Pipeline;
}

/** `<env>-<model>`: the pipelines and what starts, watches and reports on them; CI applies it where there is one. */
export class ModelStack extends AccountStack {
  private readonly workload: WorkloadEnvironment;
  private readonly model: ModelDefinition;
  private readonly context: ModelContext;
  private readonly accountNames: WorkloadNames;
  private readonly names: ModelStackNames;

  constructor(scope: Construct, id: string, props: ModelStackProps) {
    const { estate, environment, model } = props;
    super(scope, id, props);
    this.workload = environment;
    this.model = model;
    this.context = modelContext(estate, environment, model);
    this.accountNames = namesOfWorkload(estate, environment);
    this.names = modelStackNames(model);

    const pipelines = this.pipelines(pipelinesIn(estate, environment, model));
    const alerts = this.alertTopic();
    const undelivered = this.deadLetterQueue(alerts);
    this.triggers(pipelines, undelivered);
    this.failureAlerts(pipelines, alerts, undelivered);
  }

  private pipelines(definitions: Readonly<Record<string, Definition>>): Map<string, BuiltPipeline> {
    const dependsOn = [this.scripts(), this.latestApprovedModel()];
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

  private scripts(): VersionedFiles {
    return new VersionedFiles(this, "scripts", {
      bucketName: this.context.dataBucket,
      files: this.model.scripts,
    });
  }

  private latestApprovedModel(): NodeFunction {
    return new NodeFunction(this, "latest-approved-model", {
      functionName: this.names.latestApprovedModelFunction,
      description: `Latest approved version of ${this.model.name} in the central registry`,
      handler: "latest-approved-model",
      roleArn: roleArn(this.workload, this.accountNames.lambdaRole),
      environment: { MODEL_PACKAGE_GROUP: this.context.modelPackageGroupArn },
      logGroupName: this.accountNames.functionLogGroup,
    });
  }

  private alertTopic(): AlertTopic {
    const where = accountRegionOf(this.workload);
    return new AlertTopic(this, "alerts", {
      topicName: this.names.alertTopic,
      keyAlias: this.accountNames.keyAlias,
      emails: this.workload.alertEmails,
      ruleArns: [this.names.stepFailure, this.names.executionFailure].map((rule) => ruleArn(where, rule)),
      alarmArns: [alarmArn(where, this.names.deadLetterAlarm)],
    });
  }

  private deadLetterQueue(alerts: AlertTopic): DeadLetterQueue {
    return new DeadLetterQueue(this, "undelivered-events", {
      accountRegion: accountRegionOf(this.workload),
      queueName: this.names.deadLetterQueue,
      alarmName: this.names.deadLetterAlarm,
      keyAlias: this.accountNames.keyAlias,
      ruleArns: this.names.rules.map((rule) => ruleArn(accountRegionOf(this.workload), rule)),
      alarmTopicArn: alerts.arn,
    });
  }

  private triggers(pipelines: ReadonlyMap<string, BuiltPipeline>, undelivered: DeadLetterQueue): void {
    const settings = settingsOf(this.workload, this.model);
    for (const [name, trigger] of enabledTriggers(this.model.triggers, settings)) {
      new PipelineStart(this, name, {
        ruleName: ruleName(this.model.name, name),
        description: trigger.description,
        trigger: ruleTrigger(trigger, settings[trigger.setting], pipelines),
        pipelineArn: find(pipelines, trigger.start).pipeline.arn,
        roleArn: this.context.executionRoleArn,
        deadLetterQueueArn: undelivered.arn,
      });
    }
  }

  private failureAlerts(
    pipelines: ReadonlyMap<string, BuiltPipeline>,
    alerts: AlertTopic,
    undelivered: DeadLetterQueue,
  ): void {
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

/** A clock, or the failure of steps of one kind only; other failures are for people to look at. */
function ruleTrigger(
  trigger: Trigger,
  value: unknown,
  pipelines: ReadonlyMap<string, BuiltPipeline>,
): RuleTrigger {
  if (trigger.on === "schedule") return { schedule: String(value) };
  const { definition, pipeline } = find(pipelines, trigger.of);
  const steps = definition.stepNames(trigger.steps);
  if (steps.length === 0)
    throw new Error(
      `pipeline ${trigger.of} must have a ${trigger.steps} step, for a trigger waits for it to fail`,
    );
  return { pattern: stepFailed([pipeline.arn], steps) };
}

function find(pipelines: ReadonlyMap<string, BuiltPipeline>, name: string): BuiltPipeline {
  const found = pipelines.get(name);
  if (!found) throw new Error(`the pipeline ${name} does not run here`);
  return found;
}
