import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  alarmArn,
  bucketArn,
  endpointArn,
  functionArn,
  logGroupArn,
  modelPackageGroupArn,
  parameterArn,
  pipelineArn,
  policyArn,
  queueArn,
  regionalArn,
  roleArn,
  ruleArn,
  tableArn,
  topicArn,
  userArn,
  type AccountRegion,
} from "../core/arns";

/** What Terraform's JSON says of a resource; expressions are resolved to what they will be on AWS. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One resource of a synthesised stack. */
export interface Resource {
  readonly stack: string;
  readonly type: string;
  /** Terraform's own name for it, of its type. */
  readonly id: string;
  readonly where: AccountRegion;
  readonly attributes: Attributes;
  /** Of types that policies can name. */
  readonly arn: string | undefined;
}

type Raw = Omit<Resource, "arn">;

interface StackFile {
  readonly provider: {
    readonly aws: readonly { readonly allowed_account_ids: readonly string[]; readonly region: string }[];
  };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly data?: StackFile["resource"];
}

/**
 * All resources of all stacks, with their expressions resolved.
 * @param stacks folder that holds one for each stack, as `cdktf synth` writes it
 * @throws Error naming an expression that no rule resolves
 */
export function readResources(stacks: string): Resource[] {
  return readdirSync(stacks)
    .toSorted()
    .flatMap((stack) =>
      resourcesOf(stack, JSON.parse(readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8")) as StackFile),
    );
}

/** The resources of one stack. @throws Error naming an expression that no rule resolves */
export function resourcesOf(stack: string, { provider, resource = {}, data = {} }: StackFile): Resource[] {
  const [aws] = provider.aws;
  const [account] = aws?.allowed_account_ids ?? [];
  if (!aws || account === undefined) throw new Error(`stack ${stack} names no account`);
  const where = { account, region: aws.region };
  const listed = (all: NonNullable<StackFile["resource"]>, prefix = "") =>
    Object.entries(all).flatMap(([type, ofType]) =>
      Object.entries(ofType).map(([id, attributes]) => ({
        stack,
        type: prefix + type,
        id,
        where,
        attributes,
      })),
    );
  const own = listed(resource);
  const known = [...own, ...listed(data, "data.")];
  return own.map((one) => ({
    ...one,
    attributes: resolve(one.attributes, known) as Attributes,
    arn: arnOf(one, known),
  }));
}

const reference = /\$\{((?:data\.)?\w+)\.([\w-]+)\.(\w+)\}/g;

function resolve(value: unknown, known: readonly Raw[]): unknown {
  if (typeof value === "string")
    return value.replace(reference, (_expression, type: string, id: string, attribute: string) =>
      valueOf({ type, id, attribute }, known),
    );
  if (Array.isArray(value)) return value.map((one) => resolve(one, known));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, known)]));
}

interface Reference {
  readonly type: string;
  readonly id: string;
  readonly attribute: string;
}

function valueOf({ type, id, attribute }: Reference, known: readonly Raw[]): string {
  const found = known.find((one) => one.type === type && one.id === id);
  const written = found?.attributes[attribute];
  if (typeof written === "string") return written;
  const arn = found && attribute === "arn" ? arnOf(found, known) : undefined;
  if (arn !== undefined) return arn;
  if (found && type === "aws_s3_bucket" && attribute === "id") return String(found.attributes.bucket);
  if (found && type === "aws_kms_key" && attribute === "key_id") return keyName(aliasOf(found, known));
  if (found && type === "data.aws_kms_alias" && attribute === "target_key_arn")
    return keyArn(found.where, String(found.attributes.name));
  throw new Error(`nothing says what \${${type}.${id}.${attribute}} is on AWS`);
}

export type ArnOf = (where: AccountRegion, name: string) => string;

/** The ARN of each type of resource that policies name, and the argument that is the name in it. */
const arns = {
  aws_cloudtrail: ["name", (where, name) => regionalArn("cloudtrail", where, `trail/${name}`)],
  aws_cloudwatch_event_rule: ["name", ruleArn],
  aws_cloudwatch_log_group: ["name", logGroupArn],
  aws_cloudwatch_metric_alarm: ["alarm_name", alarmArn],
  aws_dynamodb_table: ["name", tableArn],
  aws_iam_policy: ["name", policyArn],
  aws_iam_role: ["name", roleArn],
  aws_iam_user: ["name", userArn],
  aws_lambda_function: ["function_name", functionArn],
  aws_s3_bucket: ["bucket", bucketArn],
  aws_sagemaker_endpoint: ["name", endpointArn],
  aws_sagemaker_model_package_group: ["model_package_group_name", modelPackageGroupArn],
  aws_sagemaker_pipeline: ["pipeline_name", pipelineArn],
  aws_sns_topic: ["name", topicArn],
  aws_sqs_queue: ["name", queueArn],
  aws_ssm_parameter: ["name", parameterArn],
} as const satisfies Readonly<Record<string, readonly [argument: string, ArnOf]>>;

/** Types of resources that policies name. */
export type NamedType = keyof typeof arns | "aws_kms_key";

/** Types that are settings or parts of others, whose permissions are those of what they belong to. */
const parts: readonly string[] = [
  "aws_appautoscaling_policy",
  "aws_appautoscaling_target",
  "aws_cloudwatch_event_target",
  "aws_iam_instance_profile",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy",
  "aws_kms_alias",
  "aws_lambda_function_event_invoke_config",
  "aws_lambda_permission",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_s3_object",
  "aws_sagemaker_endpoint_configuration",
  "aws_sagemaker_model",
  "aws_sagemaker_model_package_group_policy",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "terraform_data",
];

function arnOf(resource: Raw, known: readonly Raw[]): string | undefined {
  if (resource.type === "aws_kms_key") return keyArn(resource.where, aliasOf(resource, known));
  if (parts.includes(resource.type) || resource.type.startsWith("data.")) return undefined;
  if (!(resource.type in arns))
    throw new Error(`audit/resources.ts does not say whether policies name a ${resource.type}`);
  const [argument, arn] = arns[resource.type as keyof typeof arns];
  return arn(resource.where, String(resource.attributes[argument]));
}

/** The alias that stands for a key, whose own id AWS draws. */
function aliasOf({ stack, id }: Raw, known: readonly Raw[]): string {
  const alias = known.find(
    (one) =>
      one.type === "aws_kms_alias" &&
      one.stack === stack &&
      one.attributes.target_key_id === `\${aws_kms_key.${id}.key_id}`,
  );
  if (!alias) throw new Error(`key ${id} of stack ${stack} has no alias`);
  return String(alias.attributes.name);
}

const keyName = (alias: string): string => alias.replace("alias/", "");

/** Stands for the key's ARN: its alias' name where AWS puts an id that it draws. */
export const keyArn: ArnOf = (where, alias) => regionalArn("kms", where, `key/${keyName(alias)}`);
