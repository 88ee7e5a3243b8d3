import { bucket, executionRole } from "./runner-sandbox";

export interface QualitySettings {
  readonly SkipCheck: boolean;
  readonly RegisterNewBaseline: boolean;
  readonly FailOnViolation?: boolean;
  readonly ModelPackageGroupName?: string;
  readonly SuppliedBaselineStatistics?: string;
  readonly SuppliedBaselineConstraints?: string;
}

/** The folder in S3 that a data quality check of an execution writes to. */
export const qualityOutput = (executionId: string): string => `s3://${bucket}/quality/${executionId}`;

/** A data quality check of headerless CSV. */
export const qualityStep = (dataset: string, settings: QualitySettings) => ({
  Name: "Quality",
  Type: "QualityCheck",
  CheckType: "DATA_QUALITY",
  FailOnViolation: true,
  ...settings,
  Arguments: {
    ProcessingResources: {
      ClusterConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 30 },
    },
    AppSpecification: {
      ImageUri: "156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer",
    },
    RoleArn: executionRole,
    ProcessingInputs: [
      {
        InputName: "baseline_dataset_input",
        S3Input: {
          S3Uri: dataset,
          LocalPath: "/opt/ml/processing/input/baseline_dataset_input",
          S3DataType: "S3Prefix",
          S3InputMode: "File",
        },
      },
    ],
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: "quality_check_output",
          S3Output: {
            S3Uri: {
              "Std:Join": {
                On: "/",
                Values: [`s3://${bucket}/quality`, { Get: "Execution.PipelineExecutionId" }],
              },
            },
            LocalPath: "/opt/ml/processing/output",
            S3UploadMode: "EndOfJob",
          },
        },
      ],
    },
    Environment: {
      output_path: "/opt/ml/processing/output",
      publish_cloudwatch_metrics: "Disabled",
      dataset_format: '{"csv": {"header": false, "output_columns_position": "START"}}',
      dataset_source: "/opt/ml/processing/input/baseline_dataset_input",
    },
  },
});
