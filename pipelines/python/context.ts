import type { ModelContext } from "../model";

/** A context as `tools/sagemaker-sdk/mlops_render/context.py` has it. */
export const pythonContext = (model: string, context: ModelContext) => ({
  model,
  region: context.region,
  account: context.account,
  data_bucket: context.dataBucket,
  data_uri: `s3://${context.dataBucket}/${model}`,
  artifacts_uri: context.artifactsUri,
  kms_key_arn: context.kmsKeyArn,
  volume_key_arn: context.volumeKeyArn,
  model_package_group_arn: context.modelPackageGroupArn,
  execution_role_arn: context.executionRoleArn,
  latest_approved_model_function_arn: context.latestApprovedModelFunctionArn,
  seal_version_function_arn: context.sealVersionFunctionArn,
  subnet_ids: context.network?.subnetIds ?? [],
  security_group_ids: context.network?.securityGroupIds ?? [],
});

export type PythonContext = ReturnType<typeof pythonContext>;
