import { bucketArn, buildProjectArn, type AccountRegion } from "../../../core/arns";
import { inBucketsOf } from "../../../core/bucket-owner";
import type { ContainerNames } from "../../../core/container-names";
import type { IdentityStatement } from "../../../core/policy";
import { pushImageStatements } from "../../../modules/ecr/statements";
import { useThroughS3Statement } from "../../../modules/kms/statements";
import { writeLogsStatement } from "../../../modules/logs/statements";

/** What a build may do: read the source that it is given, push an image, and log. The code that it builds may do it, too. */
export function buildStatements(
  where: AccountRegion,
  names: ContainerNames,
  imageRepository: string,
): IdentityStatement[] {
  const bucket = bucketArn(where, names.bucket);
  return [
    ...inBucketsOf(where.account, [allow("Source", ["s3:GetObject", "s3:GetObjectVersion"], `${bucket}/*`)]),
    useThroughS3Statement("SourceKey", where, {
      alias: names.keyAlias,
      buckets: [bucket],
      actions: ["kms:Decrypt"],
    }),
    ...pushImageStatements(where, imageRepository),
    writeLogsStatement("Logs", where, names.logGroup),
  ];
}

/**
 * What the pipeline may do: fetch one repository's source by the connection, keep it, and run the build.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/how-to-custom-role.html
 */
export function pipelineStatements(
  where: AccountRegion,
  names: ContainerNames,
  source: { readonly connectionArn: string; readonly gitRepository: string },
): IdentityStatement[] {
  const bucket = bucketArn(where, names.bucket);
  return [
    {
      ...allow("Connection", ["codeconnections:UseConnection"], source.connectionArn),
      Condition: {
        "ForAllValues:StringEquals": { "codeconnections:FullRepositoryId": source.gitRepository },
      },
    },
    ...inBucketsOf(where.account, [
      allow("Bucket", ["s3:GetBucketLocation", "s3:GetBucketVersioning"], bucket),
      allow("Source", ["s3:GetObject", "s3:GetObjectVersion", "s3:PutObject"], `${bucket}/*`),
    ]),
    useThroughS3Statement("SourceKey", where, {
      alias: names.keyAlias,
      buckets: [bucket],
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
    }),
    allow(
      "Build",
      ["codebuild:BatchGetBuilds", "codebuild:StartBuild"],
      buildProjectArn(where, names.buildProject),
    ),
  ];
}

const allow = (Sid: string, Action: readonly string[], resource: string): IdentityStatement => ({
  Sid,
  Effect: "Allow",
  Action,
  Resource: [resource],
});
