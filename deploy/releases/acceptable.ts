import type { DescribeModelPackageCommandOutput } from "@aws-sdk/client-sagemaker";
import type { AcceptedVersions } from "../../core/artifacts";
import { recordedImage } from "../../core/recorded-image";
import { releaseKey, type Release } from "../../core/releases";

type Version = Partial<DescribeModelPackageCommandOutput>;

/**
 * A version as a release, if it may be one: approved, of one container, with an image and an artifact from where an
 * environment's versions are from (ADR 36).
 * @throws Error naming the version, the rule and what it has
 */
export function acceptableRelease(
  version: Version,
  accepted: AcceptedVersions,
  settingsHash: string,
): Release {
  const { ModelPackageArn: arn = "", ModelPackageVersion: number = 0, ModelApprovalStatus: status } = version;
  const fail = (problem: string): never => {
    throw new Error(`Model package ${arn} ${problem}`);
  };
  if (status !== "Approved") fail(`must be Approved, is ${status ?? "undecided"}`);
  const [container, ...further] = version.InferenceSpecification?.Containers ?? [];
  if (further.length > 0) fail(`must have one container, has ${further.length + 1}`);
  const { Image: image = "", ModelDataUrl: modelData = "" } = container ?? {};
  if (!accepted.images.includes(image.split(/[:@]/)[0] ?? ""))
    fail(`must have an image of ${accepted.images.join(" or ")}, has ${image || "none"}`);
  if (!acceptsArtifact(accepted, modelData))
    fail(`must have its artifact below ${placesOf(accepted).join(" or ")}, has ${modelData || "none"}`);
  return {
    version: number,
    modelPackageArn: arn,
    image: recordedImage(image, container?.ImageDigest),
    modelData,
    key: releaseKey(number, settingsHash),
  };
}

/** Whether an artifact lies where an environment's versions are from: its own, or one that promotes to it. */
export const acceptsArtifact = (accepted: AcceptedVersions, modelData: string): boolean =>
  placesOf(accepted).some((place) => modelData.startsWith(place));

const placesOf = ({ versions, former }: AcceptedVersions): string[] => [...versions, ...former];
