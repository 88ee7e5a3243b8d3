import type { Construct } from "constructs";
import type { Environment } from "../../../config/schema";
import { accessRoleName } from "../../../core/access-roles";
import { alarmArn, keyAliasArn, roleArn, ruleArn } from "../../../core/arns";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { encryptTrailStatements, writeTrailStatements } from "../../../modules/cloudtrail/statements";
import { Trail } from "../../../modules/cloudtrail/trail";
import { FailureAlert } from "../../../modules/events/failure-alert";
import { KmsKey } from "../../../modules/kms/kms-key";
import { eventsToTopicsStatement, rulesAndAlarmsStatement } from "../../../modules/kms/statements";
import { PrivateBucket } from "../../../modules/s3/private-bucket";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { accountRegionOf, bucketsOf, principalsOf } from "../../topology";
import { auditNames } from "./names";
import { approvalByAnother, watchedEverywhere, type Watched } from "./watched";

export interface AuditStackProps extends AccountStackProps {
  readonly audit: NonNullable<Environment["audit"]>;
}

/** `<env>-audit`: the account's trail, and alerts of what nobody should do unheard. */
export class AuditStack extends AccountStack {
  private readonly props: AuditStackProps;
  private readonly names: ReturnType<typeof auditNames>;

  constructor(scope: Construct, id: string, props: AuditStackProps) {
    super(scope, id, props);
    this.props = props;
    this.names = auditNames(props.estate, props.environment);
    const key = this.key();
    this.trail(key);
    this.alerts();
  }

  private key(): KmsKey {
    const where = accountRegionOf(this.props.environment);
    return new KmsKey(this, "key", {
      description: `Audit trail of ${this.props.environment.name} and its alerts`,
      accountRegion: where,
      alias: this.names.keyAlias,
      statements: [
        ...(this.props.audit.bucket === undefined ? encryptTrailStatements(where, this.names.trail) : []),
        eventsToTopicsStatement(where),
        rulesAndAlarmsStatement(where.account),
      ],
    });
  }

  private trail(key: KmsKey): void {
    const { estate, environment, audit } = this.props;
    const own = audit.bucket === undefined ? this.bucket(key) : undefined;
    new Trail(this, "trail", {
      trailName: this.names.trail,
      bucketName: audit.bucket ?? this.names.bucket,
      keyArn: own && key.arn,
      recordedBuckets: bucketsOf(estate, environment),
      dependsOn: own ? [own.policy] : [],
    });
  }

  private bucket(key: KmsKey): PrivateBucket {
    const { environment } = this.props;
    const where = accountRegionOf(environment);
    const { bucket, trail, keyAlias } = this.names;
    return new PrivateBucket(this, "records", {
      bucketName: bucket,
      region: environment.region,
      keyArn: key.arn,
      acceptedKeyArns: [key.arn, keyAliasArn(where, keyAlias)],
      statements: writeTrailStatements(where, { bucket, trail }),
    });
  }

  private alerts(): void {
    const where = accountRegionOf(this.props.environment);
    const { topic: topicName, keyAlias, deadLetterAlarm, newDeadLetterAlarm, deadLetterQueue } = this.names;
    const watched = this.watched();
    const ruleArns = watched.map(({ name }) => ruleArn(where, this.names.ruleOf(name)));
    const topic = new AlertTopic(this, "alerts", {
      topicName,
      keyAlias,
      emails: this.props.audit.alertEmails,
      ruleArns,
      alarmArns: [deadLetterAlarm, newDeadLetterAlarm].map((alarm) => alarmArn(where, alarm)),
    });
    const undelivered = new DeadLetterQueue(this, "undelivered-events", {
      accountRegion: where,
      queueName: deadLetterQueue,
      alarmName: deadLetterAlarm,
      newAlarmName: newDeadLetterAlarm,
      keyAlias,
      ruleArns,
      alarmTopicArns: [topic.arn],
    });
    for (const { name, ...rule } of watched)
      new FailureAlert(this, name, {
        ruleName: this.names.ruleOf(name),
        topicArn: topic.arn,
        deadLetterQueueArn: undelivered.arn,
        ...rule,
      });
  }

  private watched(): Watched[] {
    const { estate, environment } = this.props;
    const approver = roleArn(environment, accessRoleName(estate.shared.project, "approver"));
    return [
      ...watchedEverywhere,
      ...(principalsOf(environment, "approver").length > 0 ? [approvalByAnother(approver)] : []),
    ];
  }
}
