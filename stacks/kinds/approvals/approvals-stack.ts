import type { Construct } from "constructs";
import type { RegistryEnvironment } from "../../../config/schema";
import { ruleArn } from "../../../core/arns";
import type { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { versionApproved } from "../../../modules/events/event-patterns";
import { RuleStart } from "../../../modules/events/rule-start";
import { KmsKey } from "../../../modules/kms/kms-key";
import { logsUseStatement, rulesAndAlarmsStatement } from "../../../modules/kms/statements";
import type { NodeFunction } from "../../../modules/lambda/node-function";
import { AccountStack, type AccountStackProps } from "../../account-stack";
import { networkOf } from "../../network";
import { accountRegionOf } from "../../topology";
import { approvalsNames } from "./names";
import { releaseTrigger, type ReleaseTrigger } from "./release-trigger";
import { ciServerOf, type OnApproval } from "./settings";

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
    const { trigger, undelivered } = this.releaseTrigger(key);
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

  private releaseTrigger(key: KmsKey): ReleaseTrigger {
    const { estate, environment, onApproval } = this.props;
    const { server, tokenSecret } = ciServerOf(onApproval);
    return releaseTrigger(this, {
      account: environment,
      names: { ...this.names, rules: [ruleArn(this.where, this.names.rule)] },
      description: "Asks the CI server to release a version that was approved, once an approval",
      keyArn: key.arn,
      alertEmails: onApproval.alertEmails,
      servers: server,
      tokenSecrets: [tokenSecret],
      secret: tokenSecret,
      network: networkOf(estate, environment),
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
