import { accountRootArn, everyKeyArn, logGroupArn, type Place } from "../core/arns";
import { rolesOfAccount, type IdentityStatement, type PolicyStatement } from "../core/policy";

/** What a principal needs to encrypt and decrypt with its own account's key. */
export const useActions = [
  "kms:Encrypt",
  "kms:Decrypt",
  "kms:ReEncrypt*",
  "kms:GenerateDataKey*",
  "kms:DescribeKey",
];

/** What a principal needs to read what another account encrypted, and no more. */
export const readActions = ["kms:Decrypt", "kms:DescribeKey"];

/** Gives the account's own IAM policies effect on the key; without it the key could become unmanageable. */
export function accountAdministrationStatement(account: string): PolicyStatement {
  return {
    Sid: "AccountAdministration",
    Effect: "Allow",
    Principal: { AWS: [accountRootArn(account)] },
    Action: ["kms:*"],
    Resource: ["*"],
  };
}

/** Key policy: named roles of another account may read what this key encrypted. */
export function readByRolesStatement(
  sid: string,
  account: string,
  roleArns: readonly string[],
): PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    ...rolesOfAccount(account, roleArns),
    Action: readActions,
    Resource: ["*"],
  };
}

/**
 * Key policy: the registry account needs the keys its model packages use.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-version.html
 */
export function registryUseStatement(account: string): PolicyStatement {
  return {
    Sid: "ModelRegistryUse",
    Effect: "Allow",
    Principal: { AWS: [accountRootArn(account)] },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: ["*"],
  };
}

/**
 * Key policy: EventBridge rules and CloudWatch alarms of the account may use queues and topics this key encrypts.
 * The AWS-managed SNS key cannot allow this, so alerts sent to a topic encrypted with it are dropped.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function alertingUseStatement(account: string): PolicyStatement {
  return {
    Sid: "AlertingUse",
    Effect: "Allow",
    Principal: { Service: ["events.amazonaws.com", "cloudwatch.amazonaws.com"] },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: ["*"],
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/**
 * Key policy: CloudWatch Logs may encrypt the account's log groups.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logsUseStatement(place: Place): PolicyStatement {
  return {
    Sid: "LogsUse",
    Effect: "Allow",
    Principal: { Service: [`logs.${place.region}.amazonaws.com`] },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Resource: ["*"],
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logGroupArn(place, "*") } },
  };
}

/**
 * Identity policy: use of the key behind an alias. The key's id is generated, so the statement allows the
 * account's keys under the condition that they carry the alias (ADR 5).
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
export function useByAliasStatement(
  sid: string,
  place: Place,
  aliases: readonly string[],
  actions: readonly string[] = useActions,
): IdentityStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: [everyKeyArn(place)],
    Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": aliases } },
  };
}
