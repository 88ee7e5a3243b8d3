import {
  DescribeModelPackageCommand,
  paginateListModelPackages,
  UpdateModelPackageCommand,
  type DescribeModelPackageCommandOutput,
  type ModelApprovalStatus,
  type ModelPackageSummary,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import { collect } from "./pages";

/**
 * Versions in a model package group, newest first.
 * @param group name in the client's account, or ARN
 */
export const listVersions = (sagemaker: SageMakerClient, group: string): Promise<ModelPackageSummary[]> =>
  collect(
    paginateListModelPackages(
      { client: sagemaker },
      { ModelPackageGroupName: group, SortBy: "CreationTime", SortOrder: "Descending" },
    ),
    ({ ModelPackageSummaryList }) => ModelPackageSummaryList,
  );

/** @param arn the version's model package */
export const describeVersion = (
  sagemaker: SageMakerClient,
  arn: string,
): Promise<DescribeModelPackageCommandOutput> =>
  sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn }));

/** Who decides on a version, and why. */
export interface Decision {
  /** ARN of the caller, before any role. */
  readonly by: string;
  readonly reason?: string | undefined;
}

/**
 * Approves or rejects a version, and keeps with it, as its approval description, who did and why. Who it was by AWS's own account
 * stands in `LastModifiedBy`, which nobody can write.
 */
export async function setApproval(
  sagemaker: SageMakerClient,
  arn: string,
  status: ModelApprovalStatus,
  { by, reason }: Decision,
): Promise<void> {
  await sagemaker.send(
    new UpdateModelPackageCommand({
      ModelPackageArn: arn,
      ModelApprovalStatus: status,
      ApprovalDescription: reason === undefined ? `by ${by}` : `by ${by}: ${reason}`,
    }),
  );
}
