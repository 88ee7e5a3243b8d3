import { partitionOf } from "./partition";

/** Where a resource lives. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

const partition = ({ region }: Pick<Place, "region">): string => partitionOf(region).name;

/** ARN of a resource of a service that is in one region. */
export const regionalArn = (service: string, place: Place, resource: string): string =>
  `arn:${partition(place)}:${service}:${place.region}:${place.account}:${resource}`;

const iamArn = (place: Place, resource: string): string =>
  `arn:${partition(place)}:iam::${place.account}:${resource}`;

export const accountRootArn = (place: Place): string => iamArn(place, "root");
export const roleArn = (place: Place, name: string): string => iamArn(place, `role/${name}`);
export const bucketArn = (place: Pick<Place, "region">, name: string): string =>
  `arn:${partition(place)}:s3:::${name}`;
export const keyAliasArn = (place: Place, alias: string): string => regionalArn("kms", place, alias);
export const everyKeyArn = (place: Place): string => regionalArn("kms", place, "key/*");
export const pipelineArn = (place: Place, name: string): string =>
  regionalArn("sagemaker", place, `pipeline/${name}`);
export const functionArn = (place: Place, name: string): string =>
  regionalArn("lambda", place, `function:${name}`);
export const ruleArn = (place: Place, name: string): string => regionalArn("events", place, `rule/${name}`);
export const topicArn = (place: Place, name: string): string => regionalArn("sns", place, name);
export const queueArn = (place: Place, name: string): string => regionalArn("sqs", place, name);
export const alarmArn = (place: Place, name: string): string =>
  regionalArn("cloudwatch", place, `alarm:${name}`);
export const logGroupArn = (place: Place, name: string): string =>
  regionalArn("logs", place, `log-group:${name}`);

/** The model package group itself: `DescribeModelPackageGroup` acts on it. */
export const modelPackageGroupArn = (place: Place, group: string): string =>
  regionalArn("sagemaker", place, `model-package-group/${group}`);

/** Every version in a model package group: `DescribeModelPackage`, `CreateModelPackage` and the like act on these. */
export const modelPackagesArn = (place: Place, group: string): string =>
  regionalArn("sagemaker", place, `model-package/${group}/*`);
