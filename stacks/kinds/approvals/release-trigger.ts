import type { Construct } from "constructs";
import type { Environment } from "../../../config/schema";
import { alarmArn } from "../../../core/arns";
import { serviceTrust } from "../../../core/policy";
import { AlertTopic } from "../../../modules/alerts/alert-topic";
import { DeadLetterQueue } from "../../../modules/alerts/dead-letter-queue";
import { Table } from "../../../modules/dynamodb/table";
import { functionNetworkStatements, type Network } from "../../../modules/ec2/statements";
import { Role } from "../../../modules/iam/role";
import { NodeFunction } from "../../../modules/lambda/node-function";
import { LogGroup } from "../../../modules/logs/log-group";
import { accountRegionOf } from "../../topology";
import { releaseTriggerStatements, type ReleaseTriggerNames } from "./statements";

export interface ReleaseTriggerProps {
  readonly account: Environment;
  readonly names: ReleaseTriggerNames & {
    readonly function: string;
    readonly role: string;
    readonly topic: string;
    readonly deadLetterAlarm: string;
    readonly newDeadLetterAlarm: string;
    /** ARNs of the rules that call it. */
    readonly rules: readonly string[];
  };
  readonly description: string;
  readonly keyArn: string;
  readonly alertEmails: readonly string[];
  /** Which servers, without their tokens. */
  readonly servers: object;
  /** Names of the secrets that hold the tokens. */
  readonly tokenSecrets: readonly string[];
  /** The secret of a server that names none. @default each names its own */
  readonly secret?: string;
  readonly network?: Network | undefined;
}

/** A function that asks CI servers to release what was approved, and the queue of what did not reach it. */
export interface ReleaseTrigger {
  readonly trigger: NodeFunction;
  readonly undelivered: DeadLetterQueue;
}

/** Adds what makes a CI server release an approved version, once an approval, and what tells where that fails. */
export function releaseTrigger(scope: Construct, props: ReleaseTriggerProps): ReleaseTrigger {
  const undelivered = deadLetterQueue(scope, props);
  return { trigger: triggerFunction(scope, props, undelivered), undelivered };
}

function deadLetterQueue(scope: Construct, props: ReleaseTriggerProps): DeadLetterQueue {
  const {
    topic,
    keyAlias,
    deadLetterQueue: queueName,
    deadLetterAlarm,
    newDeadLetterAlarm,
    rules,
  } = props.names;
  const where = accountRegionOf(props.account);
  const alerts = new AlertTopic(scope, "alerts", {
    topicName: topic,
    keyAlias,
    emails: props.alertEmails,
    ruleArns: [],
    alarmArns: [deadLetterAlarm, newDeadLetterAlarm].map((alarm) => alarmArn(where, alarm)),
  });
  return new DeadLetterQueue(scope, "undelivered-events", {
    accountRegion: where,
    queueName,
    alarmName: deadLetterAlarm,
    newAlarmName: newDeadLetterAlarm,
    keyAlias,
    ruleArns: rules,
    alarmTopicArns: [alerts.arn],
  });
}

function triggerFunction(
  scope: Construct,
  { account, names, network, ...props }: ReleaseTriggerProps,
  undelivered: DeadLetterQueue,
): NodeFunction {
  const where = accountRegionOf(account);
  const { group } = new LogGroup(scope, "log", { logGroupName: names.logGroup, keyArn: props.keyArn });
  const role = new Role(scope, "role", {
    roleName: names.role,
    description: "Asks the CI server to release a version that was approved",
    trust: [serviceTrust(["lambda.amazonaws.com"], where.account)],
    inlinePolicies: {
      "release-trigger": releaseTriggerStatements(where, names, props.tokenSecrets),
      ...(network && { network: functionNetworkStatements(where, network) }),
    },
  });
  const claims = new Table(scope, "claims", {
    tableName: names.claims,
    key: "approval",
    expires: "expires",
    keyArn: props.keyArn,
  });
  return new NodeFunction(scope, "release-trigger", {
    functionName: names.function,
    description: props.description,
    handler: "release-trigger",
    roleArn: role.arn,
    network,
    environment: {
      CI: JSON.stringify(props.servers),
      CLAIMS: claims.name,
      ...(props.secret !== undefined && { SECRET: props.secret }),
    },
    logGroupName: group.name,
    onFailureQueueArn: undelivered.arn,
    dependsOn: role.policies,
  });
}
