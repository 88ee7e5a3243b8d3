import type { DescribeModelPackageCommandOutput, UserContext } from "@aws-sdk/client-sagemaker";
import type { Style } from "../screen";
import { factsOf } from "../table";
import { timeOf } from "../format";
import type { Quality } from "./quality";

type Paint = (style: Style, text: string) => string;

const styles: Readonly<Record<string, Style>> = { Approved: "green", Rejected: "red" };

/** An approval status in its colour. */
export const paintApproval =
  (approval: string, paint: Paint) =>
  (text: string): string =>
    paint(styles[approval] ?? "yellow", text);

/** What is known of a version, as `--json` has it. */
export type VersionDetails = ReturnType<typeof detailsOf>;

export function detailsOf(described: DescribeModelPackageCommandOutput, quality: Quality) {
  const { InferenceSpecification, ModelMetrics, DriftCheckBaselines } = described;
  const [container] = InferenceSpecification?.Containers ?? [];
  const baseline = DriftCheckBaselines?.ModelDataQuality;
  return {
    version: described.ModelPackageVersion,
    modelPackageArn: described.ModelPackageArn,
    approval: described.ModelApprovalStatus ?? "",
    approvalDescription: described.ApprovalDescription,
    status: described.ModelPackageStatus,
    createdAt: described.CreationTime,
    lastModifiedAt: described.LastModifiedTime,
    lastModifiedBy: whoIs(described.LastModifiedBy),
    description: described.ModelPackageDescription,
    image: container?.Image,
    imageDigest: container?.ImageDigest,
    modelData: container?.ModelDataUrl,
    evaluation: ModelMetrics?.ModelQuality?.Statistics?.S3Uri,
    baselineStatistics: baseline?.Statistics?.S3Uri,
    baselineConstraints: baseline?.Constraints?.S3Uri,
    ...quality,
  };
}

/** As AWS itself has it: the session of a role, and the source identity behind it where a sign-in gave one. */
function whoIs({ IamIdentity, UserProfileName }: UserContext = {}): string | undefined {
  const who = IamIdentity?.Arn ?? UserProfileName;
  return IamIdentity?.SourceIdentity ? `${who ?? ""} (${IamIdentity.SourceIdentity})` : who;
}

/** A version as text. */
export function describeVersion(version: VersionDetails, paint: Paint): string {
  const { approval, approvalDescription, metrics = {}, metricsUnreadable } = version;
  const measured = Object.entries(metrics).map(([name, value]) => `${name} ${value.toFixed(4)}`);
  return factsOf({
    Version: String(version.version ?? ""),
    Package: version.modelPackageArn,
    Approval:
      paintApproval(approval, paint)(approval) + (approvalDescription ? ` (${approvalDescription})` : ""),
    Status: version.status,
    Registered: timeOf(version.createdAt),
    "Last changed": [timeOf(version.lastModifiedAt), version.lastModifiedBy].filter(Boolean).join(" by "),
    Description: version.description,
    Metrics: measured.join(", ") || metricsUnreadable,
    Evaluation: version.evaluation,
    "Model data": version.modelData,
    Image: version.image,
    "Image digest": version.imageDigest,
    Statistics: version.baselineStatistics,
    Constraints: version.baselineConstraints,
  }).join("\n");
}
