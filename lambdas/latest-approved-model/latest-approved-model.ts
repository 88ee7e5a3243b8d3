import {
  DescribeModelPackageCommand,
  paginateListModelPackages,
  type DescribeModelPackageCommandOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";

/** What the inference pipeline reads as the Lambda step's output parameters. */
export interface LatestApprovedModel {
  /** `model.tar.gz` in S3. */
  readonly model_artifact_uri: string;
  /** The container that serves it. */
  readonly image_uri: string;
  /** Data quality baseline of the data it was trained on, `statistics.json` and `constraints.json` in S3. */
  readonly s3_baseline_uri_statistics: string;
  readonly s3_baseline_uri_constraints: string;
}

/**
 * The newest approved version of a model package group, which may stand in another account.
 * @param group the group's ARN
 * @throws Error naming the group when no version is approved, or the version that lacks something
 */
export async function latestApprovedModel(
  client: SageMakerClient,
  group: string,
): Promise<LatestApprovedModel> {
  const arn = await newestApproved(client, group);
  if (!arn)
    throw new Error(`Model package group ${group} has no approved version: approve one, then run again`);
  return outputsOf(await client.send(new DescribeModelPackageCommand({ ModelPackageName: arn })), arn);
}

/** Pages may be empty and yet have a successor, because SageMaker filters after it cuts the page. */
async function newestApproved(client: SageMakerClient, group: string): Promise<string | undefined> {
  const pages = paginateListModelPackages(
    { client },
    {
      ModelPackageGroupName: group,
      ModelApprovalStatus: "Approved",
      SortBy: "CreationTime",
      SortOrder: "Descending",
    },
  );
  for await (const { ModelPackageSummaryList: [newest] = [] } of pages) {
    if (newest?.ModelPackageArn) return newest.ModelPackageArn;
  }
  return undefined;
}

/** Picks the outputs from a version's description. */
export function outputsOf(
  version: Partial<DescribeModelPackageCommandOutput>,
  arn: string,
): LatestApprovedModel {
  const container = version.InferenceSpecification?.Containers?.[0];
  const baseline = version.DriftCheckBaselines?.ModelDataQuality;
  const required = (value: string | undefined, what: string): string => {
    if (!value) throw new Error(`Model package ${arn} has no ${what}`);
    return value;
  };
  return {
    model_artifact_uri: required(container?.ModelDataUrl, "model artifact (InferenceSpecification)"),
    image_uri: required(container?.Image, "container image (InferenceSpecification)"),
    s3_baseline_uri_statistics: required(
      baseline?.Statistics?.S3Uri,
      "data quality baseline statistics (DriftCheckBaselines)",
    ),
    s3_baseline_uri_constraints: required(
      baseline?.Constraints?.S3Uri,
      "data quality baseline constraints (DriftCheckBaselines)",
    ),
  };
}
