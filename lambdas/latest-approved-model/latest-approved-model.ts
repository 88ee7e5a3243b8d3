import type { S3Client } from "@aws-sdk/client-s3";
import {
  DescribeModelPackageCommand,
  paginateListModelPackages,
  type DescribeModelPackageCommandOutput,
  type SageMakerClient,
} from "@aws-sdk/client-sagemaker";
import type { AcceptedVersions } from "../../core/artifacts";
import { originOf, outputsOf } from "./accepted";
import { refuseChanged } from "./recorded";

/** `statistics.json` and `constraints.json` in S3 of what a version's later data and predictions are held to. */
export interface Baselines {
  /** Data quality, of the data that it was trained on. */
  readonly s3_baseline_uri_statistics?: string;
  readonly s3_baseline_uri_constraints?: string;
  /** Model quality, of what it predicted before it was approved. */
  readonly s3_quality_uri_statistics?: string;
  readonly s3_quality_uri_constraints?: string;
}

/** What pipelines read as the Lambda step's output parameters. */
export interface LatestApprovedModel extends Baselines {
  /** `model.tar.gz` in S3. */
  readonly model_artifact_uri: string;
  /** The image of the container that serves it, by the digest that SageMaker wrote down when it was registered. */
  readonly image_uri: string;
}

export interface Clients {
  readonly sagemaker: SageMakerClient;
  readonly s3: S3Client;
}

/**
 * The newest approved version of a model package group, which may stand in another account, of those whose environments'
 * models come here. What was approved is what runs: a version with files or an image from elsewhere, or with files that
 * are not those it was registered with, is refused, and no older one is taken instead.
 * @param group the group's ARN
 * @throws Error naming the group when no version is approved, or the version and what is wrong with it
 */
export async function latestApprovedModel(
  clients: Clients,
  group: string,
  accepted: AcceptedVersions,
): Promise<LatestApprovedModel> {
  const elsewhere: string[] = [];
  for await (const arn of approvedVersions(clients.sagemaker, group)) {
    const version = await clients.sagemaker.send(new DescribeModelPackageCommand({ ModelPackageName: arn }));
    const origin = originOf(version, accepted);
    if (origin === "here") return checked(clients.s3, version, arn, accepted);
    elsewhere.push(`${arn} of ${origin.environment}`);
  }
  const others =
    elsewhere.length > 0
      ? ` of an environment whose models come here (there are: ${elsewhere.join(", ")})`
      : "";
  throw new Error(
    `Model package group ${group} has no approved version${others}: approve one, then run again`,
  );
}

async function checked(
  s3: S3Client,
  version: DescribeModelPackageCommandOutput,
  arn: string,
  accepted: AcceptedVersions,
): Promise<LatestApprovedModel> {
  const outputs = outputsOf(version, arn, accepted);
  await refuseChanged(s3, { arn, outputs, recorded: version.CustomerMetadataProperties }, accepted);
  return outputs;
}

/** ARNs, newest first. Pages may be empty and yet have a successor, because SageMaker filters after it cuts the page. */
async function* approvedVersions(client: SageMakerClient, group: string): AsyncGenerator<string> {
  const pages = paginateListModelPackages(
    { client },
    {
      ModelPackageGroupName: group,
      ModelApprovalStatus: "Approved",
      SortBy: "CreationTime",
      SortOrder: "Descending",
    },
  );
  for await (const { ModelPackageSummaryList = [] } of pages)
    for (const { ModelPackageArn } of ModelPackageSummaryList) if (ModelPackageArn) yield ModelPackageArn;
}
