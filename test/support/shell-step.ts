import { bucket, executionRole } from "./runner-sandbox";

/** SageMaker takes no longer argument. */
const pieces = (text: string): string[] => text.match(/[^]{1,256}/g) ?? [];

/** A processing step that runs shell commands; `$OUT` is the folder of its output `out`. */
export const shellStep = (name: string, commands: string, more: Readonly<Record<string, unknown>> = {}) => ({
  Name: name,
  Type: "Processing",
  Arguments: {
    ProcessingResources: {
      ClusterConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 30 },
    },
    AppSpecification: {
      ImageUri: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3",
      ContainerEntrypoint: ["sh", "-c", 'eval "$(printf %s "$@")"', "sh"],
      ContainerArguments: pieces(`OUT=/opt/ml/processing/out; ${commands}`),
    },
    RoleArn: executionRole,
    ProcessingInputs: [] as unknown[],
    ProcessingOutputConfig: {
      Outputs: [
        {
          OutputName: "out",
          S3Output: {
            S3Uri: {
              "Std:Join": {
                On: "/",
                Values: [`s3://${bucket}/runs`, { Get: "Execution.PipelineExecutionId" }, name],
              },
            },
            LocalPath: "/opt/ml/processing/out",
            S3UploadMode: "EndOfJob",
          },
        },
      ],
    },
  },
  ...more,
});
