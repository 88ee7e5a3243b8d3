import type { DescribeModelPackageCommandOutput } from "@aws-sdk/client-sagemaker";
import type { AcceptedVersions } from "../../core/artifacts";
import { recordedImage } from "../../core/recorded-image";
import type { LatestApprovedModel } from "./latest-approved-model";

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
  const baseline = version.DriftCheckBaselines?.ModelDataQuality;
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
    s3_baseline_uri_statistics: inPlace(
      required(baseline?.Statistics?.S3Uri, "data quality baseline statistics (DriftCheckBaselines)"),
    ),
    s3_baseline_uri_constraints: inPlace(
      required(baseline?.Constraints?.S3Uri, "data quality baseline constraints (DriftCheckBaselines)"),
    ),
  };
}
