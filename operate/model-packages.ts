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

/**
 * Approves or rejects a version.
 * @param reason kept with it as its approval description
 */
export async function setApproval(
  sagemaker: SageMakerClient,
  arn: string,
  status: ModelApprovalStatus,
  reason?: string,
): Promise<void> {
  await sagemaker.send(
    new UpdateModelPackageCommand({
      ModelPackageArn: arn,
      ModelApprovalStatus: status,
      ApprovalDescription: reason,
    }),
  );
}
