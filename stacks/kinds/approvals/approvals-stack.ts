import type { Construct } from "constructs";
import type { RegistryEnvironment } from "../../../config/schema";
import { alarmArn, ruleArn } from "../../../core/arns";
import { serviceTrust } from "../../../core/policy";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { Table } from "../../../modules/dynamodb/table";
import { versionApproved } from "../../../modules/events/event-patterns";
import { RuleStart } from "../../../modules/events/rule-start";
import { functionNetworkStatements } from "../../../modules/ec2/statements";
import { Role } from "../../../modules/iam/role";
import { KmsKey } from "../../../modules/kms/kms-key";
import { logsUseStatement, rulesAndAlarmsStatement } from "../../../modules/kms/statements";
import { NodeFunction } from "../../../modules/lambda/node-function";
import { LogGroup } from "../../../modules/logs/log-group";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { accountRegionOf } from "../../topology";
import { inNetwork } from "../foundation/in-network";
import { approvalsNames } from "./names";
import { ciServerOf, type OnApproval } from "./settings";
import { releaseTriggerStatements } from "./statements";

export interface ApprovalsStackProps extends AccountStackProps<RegistryEnvironment> {
  readonly onApproval: OnApproval;
  /** The groups whose versions are released. */
  readonly modelPackageGroups: readonly string[];
}

/** `<registry>-approvals`: an approved version makes the CI server release it, once. */
export class ApprovalsStack extends AccountStack {
  private readonly props: ApprovalsStackProps;
  private readonly names: ReturnType<typeof approvalsNames>;

  constructor(scope: Construct, id: string, props: ApprovalsStackProps) {
    super(scope, id, props);
    this.props = props;
    this.names = approvalsNames(props.estate, props.environment);
    const key = this.key();
    const undelivered = this.deadLetterQueue(this.alertTopic());
    const trigger = this.releaseTrigger(key, undelivered);
    // EventBridge takes no pattern with an empty list, and there is nothing to approve.
    if (props.modelPackageGroups.length > 0) this.rule(trigger, undelivered);
  }

  private get where() {
    return accountRegionOf(this.props.environment);
  }

  private key(): KmsKey {
    return new KmsKey(this, "key", {
      description: `Approvals of ${this.props.environment.name}, and what did not reach the CI server`,
      accountRegion: this.where,
      alias: this.names.keyAlias,
      statements: [rulesAndAlarmsStatement(this.where.account), logsUseStatement(this.where)],
    });
  }

  private alertTopic(): AlertTopic {
    const { topic, keyAlias, deadLetterAlarm, newDeadLetterAlarm } = this.names;
    return new AlertTopic(this, "alerts", {
      topicName: topic,
      keyAlias,
      emails: this.props.onApproval.alertEmails,
      ruleArns: [],
      alarmArns: [deadLetterAlarm, newDeadLetterAlarm].map((alarm) => alarmArn(this.where, alarm)),
    });
  }

  private deadLetterQueue(alerts: AlertTopic): DeadLetterQueue {
    const { deadLetterQueue, deadLetterAlarm, newDeadLetterAlarm, keyAlias } = this.names;
    return new DeadLetterQueue(this, "undelivered-events", {
      accountRegion: this.where,
      queueName: deadLetterQueue,
      alarmName: deadLetterAlarm,
      newAlarmName: newDeadLetterAlarm,
      keyAlias,
      ruleArns: [ruleArn(this.where, this.names.rule)],
      alarmTopicArns: [alerts.arn],
    });
  }

  private releaseTrigger(key: KmsKey, undelivered: DeadLetterQueue): NodeFunction {
    const { server, tokenSecret } = ciServerOf(this.props.onApproval);
    const { group } = new LogGroup(this, "log", { logGroupName: this.names.logGroup, keyArn: key.arn });
    const role = new Role(this, "role", {
      roleName: this.names.role,
      description: "Asks the CI server to release a version that was approved",
      trust: [serviceTrust(["lambda.amazonaws.com"], this.where.account)],
      inlinePolicies: {
        "release-trigger": releaseTriggerStatements(this.where, this.names, tokenSecret),
        ...inNetwork(this.props.estate, this.props.environment, functionNetworkStatements),
      },
    });
    return new NodeFunction(this, "release-trigger", {
      functionName: this.names.function,
      description: "Asks the CI server to release a version that was approved, once an approval",
      handler: "release-trigger",
      roleArn: role.arn,
      network: this.props.environment.network,
      environment: {
        CI: JSON.stringify(server),
        CLAIMS: this.claims(key).name,
        SECRET: tokenSecret,
      },
      logGroupName: group.name,
      onFailureQueueArn: undelivered.arn,
      dependsOn: role.policies,
    });
  }

  private claims(key: KmsKey): Table {
    return new Table(this, "claims", {
      tableName: this.names.claims,
      key: "approval",
      expires: "expires",
      keyArn: key.arn,
    });
  }

  private rule(trigger: NodeFunction, undelivered: DeadLetterQueue): void {
    new RuleStart(this, "approved", {
      ruleName: this.names.rule,
      description: "Tells that a version was approved",
      trigger: { pattern: versionApproved(this.props.modelPackageGroups) },
      target: {
        functionArn: trigger.arn,
        permission: trigger.allowRule(ruleArn(this.where, this.names.rule)),
      },
      targetId: "release-trigger",
      deadLetterQueueArn: undelivered.arn,
    });
  }
}
