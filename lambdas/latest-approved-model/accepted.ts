import type { DescribeModelPackageCommandOutput } from "@aws-sdk/client-sagemaker";
import type { AcceptedVersions } from "../../core/artifacts";
import { recordedImage } from "../../core/recorded-image";
import type { Baselines, LatestApprovedModel } from "./latest-approved-model";

type Version = Partial<DescribeModelPackageCommandOutput>;

/** Whether a version is one for here, or of an environment whose models do not come here. */
export function originOf(
  version: Version,
  { bucket, model, versions }: AcceptedVersions,
): "here" | { readonly environment: string } {
  const artifact = version.InferenceSpecification?.Containers?.[0]?.ModelDataUrl ?? "";
  if (!artifact.startsWith(bucket) || versions.some((prefix) => artifact.startsWith(prefix))) return "here";
  const [environment = "", of, folder] = artifact.slice(bucket.length).split("/");
  return of === model && folder === "versions" ? { environment } : "here";
}

/**
 * Picks the outputs from a version's description.
 * @throws Error naming the version, and what it lacks or has from elsewhere
 */
export function outputsOf(version: Version, arn: string, accepted: AcceptedVersions): LatestApprovedModel {
  const [container, ...further] = version.InferenceSpecification?.Containers ?? [];
  const fail = (problem: string): never => {
    throw new Error(`Model package ${arn} ${problem}`);
  };
  const required = (value: string | undefined, what: string): string => value ?? fail(`has no ${what}`);
  if (further.length > 0) fail(`must have one container, has ${further.length + 1}`);
  const image = required(container?.Image, "container image (InferenceSpecification)");
  const [repository = ""] = image.split(/[:@]/);
  if (!accepted.images.includes(repository))
    fail(`must have an image of ${accepted.images.join(" or ")}, has ${image}`);
  const artifact = required(container?.ModelDataUrl, "model artifact (InferenceSpecification)");
  const places = [...accepted.versions, ...accepted.former];
  const kept = accepted.versions.find((place) => artifact.startsWith(place));
  const inPlace = (uri: string): string => {
    const wanted = kept === undefined ? accepted.former : [kept];
    if (wanted.some((place) => uri.startsWith(place))) return uri;
    return fail(
      `must have its files below ${(kept === undefined ? places : wanted).join(" or ")}, has ${uri}`,
    );
  };
  return {
    model_artifact_uri: inPlace(artifact),
    image_uri: recordedImage(image, container?.ImageDigest),
    ...outputsOfBaselines(version, (uri, what) => inPlace(required(uri, `${what} (DriftCheckBaselines)`))),
  };
}

/**
 * A version is held to the data that it was trained on, to the quality of its predictions, or to both. One whose registration says nothing of the
 * S3 versions of its quality beside its data is held to its data alone, as it was when it was approved.
 */
function outputsOfBaselines(
  { DriftCheckBaselines: { ModelDataQuality: data, ModelQuality: quality } = {}, ...version }: Version,
  found: (uri: string | undefined, what: string) => string,
): Baselines {
  const recorded = version.CustomerMetadataProperties ?? {};
  const judged = quality && (!data || recorded.s3_quality_uri_constraints_version !== undefined);
  return {
    ...((data ?? !judged) && {
      s3_baseline_uri_statistics: found(data?.Statistics?.S3Uri, "data quality baseline statistics"),
      s3_baseline_uri_constraints: found(data?.Constraints?.S3Uri, "data quality baseline constraints"),
    }),
    ...(judged && {
      s3_quality_uri_statistics: found(quality.Statistics?.S3Uri, "model quality baseline statistics"),
      s3_quality_uri_constraints: found(quality.Constraints?.S3Uri, "model quality baseline constraints"),
    }),
  };
}
