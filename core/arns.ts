import { partitionOf } from "./partition";

/** Where a resource lives. */
export interface AccountRegion {
  readonly account: string;
  readonly region: string;
}

const partition = ({ region }: Pick<AccountRegion, "region">): string => partitionOf(region).name;

/** ARN of a resource of a service that is in one region. */
export const regionalArn = (service: string, where: AccountRegion, resource: string): string =>
  `arn:${partition(where)}:${service}:${where.region}:${where.account}:${resource}`;

const iamArn = (where: AccountRegion, resource: string): string =>
  `arn:${partition(where)}:iam::${where.account}:${resource}`;

export const accountRootArn = (where: AccountRegion): string => iamArn(where, "root");
export const roleArn = (where: AccountRegion, name: string): string => iamArn(where, `role/${name}`);
export const userArn = (where: AccountRegion, name: string): string => iamArn(where, `user/${name}`);
/** @param issuer `https://…` */
export const oidcProviderArn = (where: AccountRegion, issuer: string): string =>
  iamArn(where, `oidc-provider/${issuerName(issuer)}`);

/** An issuer as IAM calls it, in ARNs and in keys of conditions. */
export const issuerName = (issuer: string): string => issuer.replace(/^https:\/\//, "");
export const policyArn = (where: AccountRegion, name: string): string => iamArn(where, `policy/${name}`);
export const bucketArn = (where: Pick<AccountRegion, "region">, name: string): string =>
  `arn:${partition(where)}:s3:::${name}`;
export const keyAliasArn = (where: AccountRegion, alias: string): string => regionalArn("kms", where, alias);
/** Stands for the ARN of the key behind an alias, whose id AWS generates. */
export const keyBehindAliasArn = (where: AccountRegion, alias: string): string =>
  regionalArn("kms", where, `key/<${alias}>`);
export const everyKeyArn = (where: AccountRegion): string => regionalArn("kms", where, "key/*");
export const pipelineArn = (where: AccountRegion, name: string): string =>
  regionalArn("sagemaker", where, `pipeline/${name}`);
export const endpointArn = (where: AccountRegion, name: string): string =>
  regionalArn("sagemaker", where, `endpoint/${name}`);
/** @param name begins with a slash */
export const parameterArn = (where: AccountRegion, name: string): string =>
  regionalArn("ssm", where, `parameter${name}`);
export const functionArn = (where: AccountRegion, name: string): string =>
  regionalArn("lambda", where, `function:${name}`);
export const ruleArn = (where: AccountRegion, name: string): string =>
  regionalArn("events", where, `rule/${name}`);
export const topicArn = (where: AccountRegion, name: string): string => regionalArn("sns", where, name);
export const imageRepositoryArn = (where: AccountRegion, name: string): string =>
  regionalArn("ecr", where, `repository/${name}`);
export const buildProjectArn = (where: AccountRegion, name: string): string =>
  regionalArn("codebuild", where, `project/${name}`);
export const deliveryPipelineArn = (where: AccountRegion, name: string): string =>
  regionalArn("codepipeline", where, name);
export const stateMachineArn = (where: AccountRegion, name: string): string =>
  regionalArn("states", where, `stateMachine:${name}`);
/** Every execution of a state machine. */
export const executionsArn = (where: AccountRegion, stateMachine: string): string =>
  regionalArn("states", where, `execution:${stateMachine}:*`);
export const queueArn = (where: AccountRegion, name: string): string => regionalArn("sqs", where, name);
/** A secret by its name, behind which AWS puts a dash and six characters. */
export const secretArn = (where: AccountRegion, name: string): string =>
  regionalArn("secretsmanager", where, `secret:${name}-??????`);
export const tableArn = (where: AccountRegion, name: string): string =>
  regionalArn("dynamodb", where, `table/${name}`);
export const alarmArn = (where: AccountRegion, name: string): string =>
  regionalArn("cloudwatch", where, `alarm:${name}`);
export const logGroupArn = (where: AccountRegion, name: string): string =>
  regionalArn("logs", where, `log-group:${name}`);

/** The model package group itself: `DescribeModelPackageGroup` acts on it. */
export const modelPackageGroupArn = (where: AccountRegion, group: string): string =>
  regionalArn("sagemaker", where, `model-package-group/${group}`);

/** Every version in a model package group: `DescribeModelPackage`, `CreateModelPackage` and the like act on these. */
export const modelPackagesArn = (where: AccountRegion, group: string): string =>
  regionalArn("sagemaker", where, `model-package/${group}/*`);
