/** Where a resource lives. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

const regional = (service: string, { account, region }: Place, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

export const accountRootArn = (account: string): string => `arn:aws:iam::${account}:root`;
export const roleArn = (account: string, name: string): string => `arn:aws:iam::${account}:role/${name}`;
export const bucketArn = (name: string): string => `arn:aws:s3:::${name}`;
export const keyAliasArn = (place: Place, alias: string): string => regional("kms", place, alias);
export const everyKeyArn = (place: Place): string => regional("kms", place, "key/*");
export const pipelineArn = (place: Place, name: string): string =>
  regional("sagemaker", place, `pipeline/${name}`);
export const functionArn = (place: Place, name: string): string =>
  regional("lambda", place, `function:${name}`);
export const ruleArn = (place: Place, name: string): string => regional("events", place, `rule/${name}`);
export const topicArn = (place: Place, name: string): string => regional("sns", place, name);
export const queueArn = (place: Place, name: string): string => regional("sqs", place, name);
export const alarmArn = (place: Place, name: string): string =>
  regional("cloudwatch", place, `alarm:${name}`);
export const logGroupArn = (place: Place, name: string): string =>
  regional("logs", place, `log-group:${name}`);

/** The model package group itself: `DescribeModelPackageGroup` acts on it. */
export const modelPackageGroupArn = (place: Place, group: string): string =>
  regional("sagemaker", place, `model-package-group/${group}`);

/** Every version in a model package group: `DescribeModelPackage`, `CreateModelPackage` and the like act on these. */
export const modelPackagesArn = (place: Place, group: string): string =>
  regional("sagemaker", place, `model-package/${group}/*`);
