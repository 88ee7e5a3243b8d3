import type { Construct } from "constructs";
import type { WorkloadEnvironment } from "../../../config/schema";
import { alarmArn, roleArn, ruleArn, stateMachineArn } from "../../../core/arns";
import type { WorkloadNames } from "../../../core/naming";
import { workflowNames, workflowRoles, type WorkflowNames } from "../../../core/workflow-names";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { workflowEnded, workflowFailed } from "../../../modules/events/event-patterns";
import { FailureAlert } from "../../../modules/events/failure-alert";
import { workflowFailureMessage } from "../../../modules/events/messages";
import { RuleStart } from "../../../modules/events/rule-start";
import { KeyBehindAlias } from "../../../modules/kms/key-behind-alias";
import type { NodeFunction } from "../../../modules/lambda/node-function";
import { LogGroup } from "../../../modules/logs/log-group";
import { StateMachine } from "../../../modules/states/state-machine";
import type { ModelDefinition } from "../../../pipelines/model";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { modelContext } from "../../model-context";
import { accountRegionOf, namesOfWorkload } from "../../topology";
import { workflowIn } from "../../workflow-context";
import { Approvals } from "./approvals";
import { workflowFunction } from "./workflow-function";

export interface WorkflowStackProps extends AccountStackProps<WorkloadEnvironment> {
  readonly model: ModelDefinition;
}

/** `<env>-<model>-workflow`: a model's state machine, and what asks people, tells of it and cleans up behind it. */
export class WorkflowStack extends AccountStack {
  private readonly names: WorkflowNames;
  private readonly accountNames: WorkloadNames;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WorkflowStackProps,
  ) {
    super(scope, id, props);
    const { estate, environment: workload, model } = props;
    this.names = workflowNames(estate.shared.project, model.name);
    this.accountNames = namesOfWorkload(estate, workload);
    this.lookUpNetwork(estate, workload);

    const key = new KeyBehindAlias(this, "key", { alias: this.accountNames.keyAlias });
    const alerts = this.alertTopic();
    const undelivered = this.deadLetterQueue(alerts);
    const asks = new Approvals(this, "approvals", { estate, environment: workload, model, keyArn: key.arn })
      .asks;
    const evaluates = workflowFunction(this, props, {
      name: "evaluation",
      description: `Compares predictions of ${model.name} with what is so`,
    });
    this.stateMachine(key, [asks, evaluates]);
    new LogGroup(this, "endpoint-log", {
      logGroupName: `/aws/sagemaker/Endpoints/${this.names.endpoint}`,
      keyArn: key.arn,
    });
    this.failureAlert(alerts, undelivered);
    this.cleanup(undelivered);
  }

  private get where() {
    return accountRegionOf(this.props.environment);
  }

  private get machineArn(): string {
    return stateMachineArn(this.where, this.names.stateMachine);
  }

  private alertTopic(): AlertTopic {
    const { alertTopic, failureRule, deadLetterAlarm, newDeadLetterAlarm } = this.names;
    return new AlertTopic(this, "alerts", {
      topicName: alertTopic,
      keyAlias: this.accountNames.keyAlias,
      emails: this.props.environment.alertEmails,
      ruleArns: [ruleArn(this.where, failureRule)],
      alarmArns: [deadLetterAlarm, newDeadLetterAlarm].map((alarm) => alarmArn(this.where, alarm)),
    });
  }

  private deadLetterQueue(alerts: AlertTopic): DeadLetterQueue {
    const { deadLetterQueue, deadLetterAlarm, newDeadLetterAlarm, failureRule, endRule } = this.names;
    return new DeadLetterQueue(this, "undelivered-events", {
      accountRegion: this.where,
      queueName: deadLetterQueue,
      alarmName: deadLetterAlarm,
      newAlarmName: newDeadLetterAlarm,
      keyAlias: this.accountNames.keyAlias,
      ruleArns: [failureRule, endRule].map((rule) => ruleArn(this.where, rule)),
      alarmTopicArns: [alerts.arn],
    });
  }

  private stateMachine(key: KeyBehindAlias, calls: readonly NodeFunction[]): void {
    const { estate, environment: workload, model } = this.props;
    const { group } = new LogGroup(this, "log", { logGroupName: this.names.logGroup, keyArn: key.arn });
    new StateMachine(this, "state-machine", {
      stateMachineName: this.names.stateMachine,
      definition: workflowIn(estate, workload, model).render(),
      roleArn: roleArn(workload, workflowRoles(this.accountNames, model.name).states),
      logGroupArn: group.arn,
      standIns: { [modelContext(estate, workload, model).volumeKeyArn]: key.arn },
      dependsOn: calls,
    });
  }

  private failureAlert(alerts: AlertTopic, undelivered: DeadLetterQueue): void {
    new FailureAlert(this, "failure", {
      ruleName: this.names.failureRule,
      description: `Tells which run of the workflow of ${this.props.model.name} came to no good end`,
      pattern: workflowFailed([this.machineArn]),
      message: workflowFailureMessage,
      topicArn: alerts.arn,
      deadLetterQueueArn: undelivered.arn,
    });
  }

  private cleanup(undelivered: DeadLetterQueue): void {
    const { model } = this.props;
    const removes = workflowFunction(this, this.props, {
      name: "cleanup",
      description: `Removes what runs of the workflow of ${model.name} left and nothing uses`,
      environment: {
        STATE_MACHINE: this.machineArn,
        ENDPOINT: this.names.endpoint,
        RUN_PREFIX: this.names.runPrefix,
      },
      timeout: 300, // it looks at everything that serves in the account
      onFailureQueueArn: undelivered.arn,
    });
    new RuleStart(this, "end", {
      ruleName: this.names.endRule,
      description: `Cleans up behind each run of the workflow of ${model.name}`,
      trigger: { pattern: workflowEnded([this.machineArn]) },
      target: {
        functionArn: removes.arn,
        permission: removes.allowRule(ruleArn(this.where, this.names.endRule)),
      },
      targetId: "cleanup",
      deadLetterQueueArn: undelivered.arn,
    });
  }
}
