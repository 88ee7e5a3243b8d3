import {
  DescribeModelPackageCommand,
  paginateListModelPackages,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";

/** URIs of a baseline's files. */
export interface Baseline {
  readonly statistics?: string;
  readonly constraints?: string;
}

/** The drift check baseline of a group's newest approved version, if there is one. */
export async function latestBaseline(
  sagemaker: SageMakerClient,
  group: string,
  check: "DATA_QUALITY" | "MODEL_QUALITY",
): Promise<Baseline | undefined> {
  const arn = await newestApproved(sagemaker, group);
  if (!arn) return undefined;
  const { DriftCheckBaselines } = await sagemaker.send(
    new DescribeModelPackageCommand({ ModelPackageName: arn }),
  );
  const kind = check === "DATA_QUALITY" ? "ModelDataQuality" : "ModelQuality";
  const { Statistics, Constraints } = DriftCheckBaselines?.[kind] ?? {};
  const baseline = {
    ...(Statistics?.S3Uri && { statistics: Statistics.S3Uri }),
    ...(Constraints?.S3Uri && { constraints: Constraints.S3Uri }),
  };
  return Object.keys(baseline).length > 0 ? baseline : undefined;
}

async function newestApproved(sagemaker: SageMakerClient, group: string): Promise<string | undefined> {
  const pages = paginateListModelPackages(
    { client: sagemaker },
    {
      ModelPackageGroupName: group,
      ModelApprovalStatus: "Approved",
      SortBy: "CreationTime",
      SortOrder: "Descending",
    },
  );
  for await (const { ModelPackageSummaryList: [newest] = [] } of pages)
    if (newest?.ModelPackageArn) return newest.ModelPackageArn;
  return undefined;
}
