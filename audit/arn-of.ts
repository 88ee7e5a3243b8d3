import {
  alarmArn,
  bucketArn,
  buildProjectArn,
  deliveryPipelineArn,
  endpointArn,
  functionArn,
  imageRepositoryArn,
  logGroupArn,
  modelPackageGroupArn,
  oidcProviderArn,
  parameterArn,
  pipelineArn,
  policyArn,
  queueArn,
  regionalArn,
  roleArn,
  ruleArn,
  stateMachineArn,
  tableArn,
  topicArn,
  userArn,
  type AccountRegion,
} from "../core/arns";
import { drawnKinds, standInId, type DrawnType } from "../core/drawn-ids";

/** What Terraform's JSON says of a resource. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One resource of a synthesised stack. */
export interface Raw {
  readonly stack: string;
  readonly type: string;
  /** Terraform's own name for it, of its type. */
  readonly id: string;
  readonly where: AccountRegion;
  readonly attributes: Attributes;
}

export type ArnOf = (where: AccountRegion, name: string) => string;

/** The ARN of each type of resource that policies name, and the argument that is the name in it. */
const arns = {
  aws_cloudtrail: ["name", (where, name) => regionalArn("cloudtrail", where, `trail/${name}`)],
  aws_cloudwatch_event_rule: ["name", ruleArn],
  aws_cloudwatch_log_group: ["name", logGroupArn],
  aws_cloudwatch_metric_alarm: ["alarm_name", alarmArn],
  aws_codebuild_project: ["name", buildProjectArn],
  // AWS draws its id; the name stands for it.
  aws_codeconnections_connection: [
    "name",
    (where, name) => regionalArn("codeconnections", where, `connection/${name}`),
  ],
  aws_codepipeline: ["name", deliveryPipelineArn],
  aws_dynamodb_table: ["name", tableArn],
  aws_ecr_repository: ["name", imageRepositoryArn],
  aws_iam_openid_connect_provider: ["url", oidcProviderArn],
  aws_iam_policy: ["name", policyArn],
  aws_iam_role: ["name", roleArn],
  aws_iam_user: ["name", userArn],
  aws_lambda_function: ["function_name", functionArn],
  aws_s3_bucket: ["bucket", bucketArn],
  aws_sagemaker_endpoint: ["name", endpointArn],
  aws_sagemaker_model_package_group: ["model_package_group_name", modelPackageGroupArn],
  aws_sagemaker_pipeline: ["pipeline_name", pipelineArn],
  aws_sfn_state_machine: ["name", stateMachineArn],
  aws_sns_topic: ["name", topicArn],
  aws_sqs_queue: ["name", queueArn],
  aws_ssm_parameter: ["name", parameterArn],
} as const satisfies Readonly<Record<string, readonly [argument: string, ArnOf]>>;

/** Types of resources that policies name. */
export type NamedType = keyof typeof arns | DrawnType | "aws_kms_key";

/** Types that are settings or parts of others, whose permissions are those of what they belong to. */
const parts: readonly string[] = [
  "aws_apigatewayv2_api",
  "aws_apigatewayv2_authorizer",
  "aws_apigatewayv2_integration",
  "aws_apigatewayv2_route",
  "aws_apigatewayv2_stage",
  "aws_appautoscaling_policy",
  "aws_appautoscaling_target",
  "aws_cloudwatch_event_target",
  "aws_default_security_group",
  "aws_ecr_lifecycle_policy",
  "aws_flow_log",
  "aws_iam_instance_profile",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_user_policy",
  "aws_kms_alias",
  "aws_lambda_function_event_invoke_config",
  "aws_lambda_permission",
  "aws_route_table_association",
  "aws_s3_bucket_cors_configuration",
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
  "aws_sagemaker_servicecatalog_portfolio_status",
  "aws_servicecatalog_constraint",
  "aws_servicecatalog_portfolio",
  "aws_servicecatalog_principal_portfolio_association",
  "aws_servicecatalog_product",
  "aws_servicecatalog_product_portfolio_association",
  "aws_servicecatalog_provisioning_artifact",
  "aws_sns_topic_policy",
  "aws_sns_topic_subscription",
  "terraform_data",
];

export function arnOf(resource: Raw, known: readonly Raw[]): string | undefined {
  if (resource.type === "aws_kms_key") return keyArn(resource.where, aliasOf(resource, known));
  if (parts.includes(resource.type) || resource.type.startsWith("data.")) return undefined;
  if (isDrawn(resource.type)) {
    const [, kind] = drawnKinds[resource.type];
    return regionalArn("ec2", resource.where, `${kind}/${standInId(resource.type, nameOf(resource))}`);
  }
  if (!(resource.type in arns))
    throw new Error(`audit/arn-of.ts does not say whether policies name a ${resource.type}`);
  const [argument, arn] = arns[resource.type as keyof typeof arns];
  return arn(resource.where, String(resource.attributes[argument]));
}

const isDrawn = (type: string): type is DrawnType => type in drawnKinds;

const nameOf = ({ attributes }: Raw): string => (attributes.tags as { readonly Name: string }).Name;

/** Of a resource, or what stands for it in stacks beside its own; another attribute than its id is a text of its own. */
export function drawnIdOf(resource: Raw, attribute: string): string | undefined {
  const type = resource.type.replace(/^data\./, "");
  if (!isDrawn(type)) return undefined;
  const name = nameOf(resource);
  return attribute === "id" ? standInId(type, name) : `${attribute}-of-${name}`;
}

/** The alias that stands for a key, whose own id AWS draws. */
export function aliasOf({ stack, id }: Raw, known: readonly Raw[]): string {
  const alias = known.find(
    (one) =>
      one.type === "aws_kms_alias" &&
      one.stack === stack &&
      one.attributes.target_key_id === `\${aws_kms_key.${id}.key_id}`,
  );
  if (!alias) throw new Error(`key ${id} of stack ${stack} has no alias`);
  return String(alias.attributes.name);
}

export const keyName = (alias: string): string => alias.replace("alias/", "");

/** Stands for the key's ARN: its alias' name where AWS puts an id that it draws. */
export const keyArn: ArnOf = (where, alias) => regionalArn("kms", where, `key/${keyName(alias)}`);
