/** How far one name reaches: two resources may not share it in one partition, one account, or one region of an account. */
export type NameScope = "partition" | "account" | "region";

/** What makes a resource of one type the one it is on AWS. */
interface NamedBy {
  readonly scope: NameScope;
  /** Arguments of Terraform's that together are the name. */
  readonly by: readonly string[];
  /** What an argument is where it is left out. */
  readonly otherwise?: Readonly<Record<string, string>>;
  /** Whether names that differ only in upper and lower case are one. */
  readonly anyCase?: true;
}

const bucketPart: NamedBy = { scope: "partition", by: ["bucket"] };
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: "are not distinguished by case" */
const iam = (...by: string[]): NamedBy => ({ scope: "account", by, anyCase: true });
const regional = (...by: string[]): NamedBy => ({ scope: "region", by });
const defaultBus = { event_bus_name: "default" };

/**
 * What each type of resource is called by, for every type that a stack may hold; `unnamed` where AWS draws an id. Two
 * resources of one type and name are one thing on AWS, whichever stacks they stand in: each apply would undo the other's.
 */
export const physicalNames: Readonly<Record<string, NamedBy | "unnamed">> = {
  aws_apigatewayv2_api: "unnamed",
  aws_apigatewayv2_authorizer: "unnamed",
  aws_apigatewayv2_integration: "unnamed",
  aws_apigatewayv2_route: "unnamed",
  aws_apigatewayv2_stage: "unnamed",
  aws_appautoscaling_policy: regional("service_namespace", "resource_id", "scalable_dimension", "name"),
  aws_appautoscaling_target: regional("service_namespace", "resource_id", "scalable_dimension"),
  aws_cloudtrail: regional("name"),
  aws_cloudwatch_event_rule: { ...regional("event_bus_name", "name"), otherwise: defaultBus },
  aws_cloudwatch_event_target: { ...regional("event_bus_name", "rule", "target_id"), otherwise: defaultBus },
  aws_cloudwatch_log_group: regional("name"),
  aws_cloudwatch_metric_alarm: regional("alarm_name"),
  aws_codebuild_project: regional("name"),
  aws_codeconnections_connection: regional("name"),
  aws_codepipeline: regional("name"),
  aws_default_security_group: "unnamed",
  aws_dynamodb_table: regional("name"),
  aws_ecr_lifecycle_policy: regional("repository"),
  aws_ecr_repository: regional("name"),
  aws_flow_log: "unnamed",
  aws_iam_instance_profile: iam("name"),
  aws_iam_openid_connect_provider: iam("url"),
  aws_iam_policy: iam("name"),
  aws_iam_role: iam("name"),
  aws_iam_role_policy: iam("role", "name"),
  aws_iam_role_policy_attachment: iam("role", "policy_arn"),
  aws_iam_user: iam("name"),
  aws_iam_user_policy: iam("user", "name"),
  aws_kms_alias: regional("name"),
  aws_kms_key: "unnamed",
  aws_lambda_function: regional("function_name"),
  aws_lambda_function_event_invoke_config: regional("function_name"),
  aws_lambda_permission: regional("function_name", "statement_id"),
  aws_route_table: "unnamed",
  aws_route_table_association: "unnamed",
  aws_s3_bucket: bucketPart,
  aws_s3_bucket_cors_configuration: bucketPart,
  aws_s3_bucket_lifecycle_configuration: bucketPart,
  aws_s3_bucket_ownership_controls: bucketPart,
  aws_s3_bucket_policy: bucketPart,
  aws_s3_bucket_public_access_block: bucketPart,
  aws_s3_bucket_server_side_encryption_configuration: bucketPart,
  aws_s3_bucket_versioning: bucketPart,
  aws_s3_object: { scope: "partition", by: ["bucket", "key"] },
  aws_sagemaker_endpoint: regional("name"),
  aws_sagemaker_endpoint_configuration: regional("name"),
  aws_sagemaker_model: regional("name"),
  aws_sagemaker_model_package_group: regional("model_package_group_name"),
  aws_sagemaker_model_package_group_policy: regional("model_package_group_name"),
  aws_sagemaker_pipeline: regional("pipeline_name"),
  aws_sagemaker_servicecatalog_portfolio_status: regional("status"),
  aws_security_group: regional("name"),
  aws_servicecatalog_constraint: "unnamed",
  aws_servicecatalog_portfolio: "unnamed",
  aws_servicecatalog_principal_portfolio_association: "unnamed",
  aws_servicecatalog_product: "unnamed",
  aws_servicecatalog_product_portfolio_association: "unnamed",
  aws_servicecatalog_provisioning_artifact: "unnamed",
  aws_sfn_state_machine: regional("name"),
  aws_sns_topic: regional("name"),
  aws_sns_topic_policy: regional("arn"),
  aws_sns_topic_subscription: regional("topic_arn", "protocol", "endpoint"),
  aws_sqs_queue: regional("name"),
  aws_ssm_parameter: regional("name"),
  aws_subnet: "unnamed",
  aws_vpc: "unnamed",
  aws_vpc_endpoint: "unnamed",
  terraform_data: "unnamed",
};
