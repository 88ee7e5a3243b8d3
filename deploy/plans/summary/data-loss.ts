/** Resources that hold what no code can make again, each with what is lost with it. */
const holdings: Readonly<Record<string, string>> = {
  aws_backup_vault: "backups",
  aws_cloudwatch_log_group: "logs",
  aws_codecommit_repository: "commits",
  aws_db_instance: "a database",
  aws_dynamodb_table: "items",
  aws_ebs_volume: "files",
  aws_ecr_repository: "images",
  aws_efs_file_system: "files",
  aws_kinesis_stream: "records not yet read",
  aws_kms_key: "the means to read all that it encrypted",
  aws_kms_replica_key: "the means to read all that it encrypted",
  aws_rds_cluster: "a database",
  aws_s3_bucket: "objects",
  aws_s3_directory_bucket: "objects",
  aws_sagemaker_domain: "its users' files",
  aws_sagemaker_feature_group: "features",
  aws_sagemaker_model_package_group: "model versions",
  aws_secretsmanager_secret: "a secret",
  aws_sqs_queue: "messages not yet taken",
};

/** What is lost with a resource of this type; undefined where nothing is. */
export const dataLostWith = (type: string): string | undefined => holdings[type];
