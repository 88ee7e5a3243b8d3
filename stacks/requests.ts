import type { Estate, WorkloadEnvironment } from "../config/schema";
import { bucketArn, topicArn, type AccountRegion } from "../core/arns";
import { inBucketsOf } from "../core/bucket-owner";
import type { EndpointNames } from "../core/naming";
import { partitionOf } from "../core/partition";
import type { IdentityStatement } from "../core/policy";
import { useByAliasStatement, useThroughS3Statement } from "../modules/kms/statements";
import { accountRegionOf, namesOfWorkload } from "./topology";

/**
 * What an asynchronous endpoint does as its role: read requests, write answers or why there are none, and tell of both.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-create-endpoint-prerequisites.html
 */
export function requestStatements(
  estate: Estate,
  workload: WorkloadEnvironment,
  names: EndpointNames,
): IdentityStatement[] {
  const where = accountRegionOf(workload);
  const { dataBucket, keyAlias: alias } = namesOfWorkload(estate, workload);
  const bucket = bucketArn(workload, dataBucket);
  const topics = [names.answeredTopic, names.failedTopic].map((topic) => topicArn(where, topic));
  const allow = (Sid: string, Action: string[], prefix: string): IdentityStatement => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource: [`${bucket}/${prefix}*`],
  });
  return [
    ...inBucketsOf(workload.account, [
      allow("Requests", ["s3:GetObject"], names.requestPrefix),
      allow("Answers", ["s3:PutObject", "s3:AbortMultipartUpload"], names.answerPrefix),
    ]),
    useThroughS3Statement("RequestsKey", where, {
      alias,
      buckets: [bucket],
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    }),
    { Sid: "Tell", Effect: "Allow", Action: ["sns:Publish"], Resource: topics },
    throughTopics(
      useByAliasStatement("TellKey", where, [alias], ["kms:Decrypt", "kms:GenerateDataKey"]),
      where,
      topics,
    ),
  ];
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
const throughTopics = (
  { Condition, ...statement }: IdentityStatement,
  { region }: AccountRegion,
  topics: readonly string[],
): IdentityStatement => ({
  ...statement,
  Condition: {
    ...Condition,
    StringEquals: { "kms:ViaService": `sns.${region}.${partitionOf(region).dnsSuffix}` },
    ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": topics },
  },
});
