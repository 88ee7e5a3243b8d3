import { accountRootArn, everyKeyArn, logGroupArn, topicArn, type AccountRegion } from "../../core/arns";
import { readActions, useActions } from "../../core/kms-actions";
import { partitionOf } from "../../core/partition";
import { rolesOfAccount, type IdentityStatement, type PolicyStatement } from "../../core/policy";

/** Gives the account's own IAM policies effect on the key; without it the key could become unmanageable. */
export function accountAdministrationStatement(where: AccountRegion): PolicyStatement {
  return {
    Sid: "AccountAdministration",
    Effect: "Allow",
    Principal: { AWS: [accountRootArn(where)] },
    Action: ["kms:*"],
    Resource: ["*"],
  };
}

/** Key policy: named roles of another account may read what this key encrypted. */
export function readByRolesStatement(
  sid: string,
  reader: AccountRegion,
  roleArns: readonly string[],
): PolicyStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    ...rolesOfAccount(reader, roleArns),
    Action: readActions,
    Resource: ["*"],
  };
}

/**
 * Key policy: the registry account needs the keys its model packages use, for what lies in its artifacts bucket and by way of
 * S3 and SageMaker: nobody there decrypts anything else, or by hand.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/model-registry-version.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html#encryption-context
 */
export function registryUseStatement(registry: AccountRegion, artifacts: string): PolicyStatement {
  const { dnsSuffix } = partitionOf(registry.region);
  return {
    Sid: "ModelRegistryUse",
    Effect: "Allow",
    Principal: { AWS: [accountRootArn(registry)] },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: ["*"],
    Condition: {
      StringEquals: {
        "kms:ViaService": ["s3", "sagemaker"].map((service) => `${service}.${registry.region}.${dnsSuffix}`),
      },
      ArnLike: { "kms:EncryptionContext:aws:s3:arn": [artifacts, `${artifacts}/*`] },
    },
  };
}

const messageActions = ["kms:Decrypt", "kms:GenerateDataKey*"];

/**
 * Key policy: EventBridge may publish to the account's topics that this key encrypts. On this way EventBridge sends
 * neither `aws:SourceArn` nor `aws:SourceAccount`, so the topic in the encryption context is the guard. The AWS-managed
 * SNS key cannot let EventBridge in at all.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function eventsToTopicsStatement(where: AccountRegion): PolicyStatement {
  return {
    Sid: "EventsToTopics",
    Effect: "Allow",
    Principal: { Service: ["events.amazonaws.com"] },
    Action: messageActions,
    Resource: ["*"],
    Condition: { ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": topicArn(where, "*") } },
  };
}

/**
 * Key policy: EventBridge rules may send to the account's queues, and CloudWatch alarms publish to its topics.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function rulesAndAlarmsStatement(account: string): PolicyStatement {
  return {
    Sid: "EventsToQueuesAndAlarmsToTopics",
    Effect: "Allow",
    Principal: { Service: ["events.amazonaws.com", "cloudwatch.amazonaws.com"] },
    Action: messageActions,
    Resource: ["*"],
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/**
 * Key policy: alarms may publish to the account's topics that this key encrypts.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function alarmsToTopicsStatement(where: AccountRegion): PolicyStatement {
  return {
    Sid: "AlarmsToTopics",
    Effect: "Allow",
    Principal: { Service: ["cloudwatch.amazonaws.com"] },
    Action: messageActions,
    Resource: ["*"],
    Condition: {
      StringEquals: { "aws:SourceAccount": where.account },
      ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": topicArn(where, "*") },
    },
  };
}

/**
 * Key policy: CloudWatch Logs may encrypt the account's log groups.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function logsUseStatement(where: AccountRegion): PolicyStatement {
  return {
    Sid: "LogsUse",
    Effect: "Allow",
    Principal: { Service: [`logs.${where.region}.${partitionOf(where.region).dnsSuffix}`] },
    Action: useActions,
    Resource: ["*"],
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": logGroupArn(where, "*") } },
  };
}

/** Identity policy: find the key behind an alias. KMS lets this be allowed for no single alias. */
export const listAliasesStatement: IdentityStatement = {
  Sid: "Aliases",
  Effect: "Allow",
  Action: ["kms:ListAliases"],
  Resource: ["*"],
};

/**
 * Identity policy: use of the key behind an alias. The key's id is generated, so the statement allows the
 * account's keys under the condition that they carry the alias (ADR 5).
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html
 */
export function useByAliasStatement(
  sid: string,
  where: AccountRegion,
  aliases: readonly string[],
  actions: readonly string[] = useActions,
): IdentityStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Action: actions,
    Resource: [everyKeyArn(where)],
    Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": aliases } },
  };
}

/**
 * Identity policy: use of the key behind an alias by way of S3, for what lies in some buckets. A bucket key encrypts for the bucket
 * as a whole, so which of its objects are meant is for S3's own statements to say.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
export function useThroughS3Statement(
  sid: string,
  where: AccountRegion,
  {
    alias,
    buckets,
    actions,
  }: { readonly alias: string; readonly buckets: readonly string[]; readonly actions: readonly string[] },
): IdentityStatement {
  const { Condition, ...statement } = useByAliasStatement(sid, where, [alias], actions);
  return {
    ...statement,
    Condition: {
      ...Condition,
      StringEquals: { "kms:ViaService": `s3.${where.region}.${partitionOf(where.region).dnsSuffix}` },
      ArnLike: { "kms:EncryptionContext:aws:s3:arn": buckets.flatMap((bucket) => [bucket, `${bucket}/*`]) },
    },
  };
}
