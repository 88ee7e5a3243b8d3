/** Kinds of job whose containers SageMaker keeps the output of. */
export const jobKinds = ["Processing", "Training", "Transform"] as const;
export type JobKind = (typeof jobKinds)[number];

/**
 * The log group of all jobs of a kind in an account and region, each with a stream of its own.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html
 */
export const jobLogGroup = (kind: JobKind): string => `${jobLogGroupPrefix}${kind}Jobs`;

export const jobLogGroupPrefix = "/aws/sagemaker/";
