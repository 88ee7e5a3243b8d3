/**
 * What is read of SageMaker's event of a model package.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
 */
export interface PackageChange {
  readonly detail: {
    readonly ModelPackageArn: string;
    readonly ModelApprovalStatus: string;
    readonly LastModifiedTime?: string;
    /** Which fields changed; none: the package was made so, or the event is of a kind that does not say. */
    readonly UpdatedModelPackageFields?: readonly string[];
  };
}

/** One decision that a version may be released. */
export interface Approval {
  /** The same for every event of this decision, and for no other's. */
  readonly id: string;
  /** ARN of the model package. */
  readonly version: string;
}

/**
 * The approval that an event is of. A version that is edited once it is approved tells of itself again as approved; what changed tells that
 * apart, and where an event does not say, all such events of one version are one approval.
 * @returns undefined for an event of anything else
 * @throws Error for an event that names no version
 */
export function approvalOf({ detail }: PackageChange): Approval | undefined {
  const {
    ModelPackageArn: version,
    ModelApprovalStatus,
    UpdatedModelPackageFields: changed,
    LastModifiedTime,
  } = detail;
  if (!/^arn:[^:]+:sagemaker:[^:]+:\d{12}:model-package\/.+\/\d+$/.test(version))
    throw new Error(`ModelPackageArn must be the ARN of a version, got: ${version}`);
  if (ModelApprovalStatus !== "Approved") return undefined;
  if (!changed) return { id: `${version} as made`, version };
  if (!changed.includes("ModelApprovalStatus")) return undefined;
  if (LastModifiedTime === undefined) throw new Error(`The event of ${version} has no LastModifiedTime`);
  return { id: `${version} at ${LastModifiedTime}`, version };
}
