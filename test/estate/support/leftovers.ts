import { IAMClient, ListRolesCommand } from "@aws-sdk/client-iam";
import { KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import { ListBucketsCommand, S3Client } from "@aws-sdk/client-s3";
import { ListPipelinesCommand, SageMakerClient } from "@aws-sdk/client-sagemaker";
import type { AppliedEstate } from "../../support/applied-estate";

/** What a teardown left behind in any account, of the kinds that matter most. */
export async function leftovers(applied: AppliedEstate): Promise<string[]> {
  const found = await Promise.all(
    applied.estate.environments.map(async ({ name }) => {
      const access = await applied.access(name);
      const { Buckets = [] } = await new S3Client({ ...access, forcePathStyle: true }).send(
        new ListBucketsCommand({}),
      );
      const { Aliases = [] } = await new KMSClient(access).send(new ListAliasesCommand({}));
      const { Roles = [] } = await new IAMClient(access).send(new ListRolesCommand({}));
      const pipelines = await new SageMakerClient(access).send(new ListPipelinesCommand({}));
      return [
        ...Buckets.map((bucket) => bucket.Name),
        ...Aliases.map((alias) => alias.AliasName).filter((alias) => !alias?.startsWith("alias/aws/")),
        ...Roles.map((role) => role.RoleName).filter((role) => role !== applied.estate.shared.adminRole),
        ...(pipelines.PipelineSummaries ?? []).map((pipeline) => pipeline.PipelineName),
      ].map((left) => `${name}: ${String(left)}`);
    }),
  );
  return found.flat();
}
