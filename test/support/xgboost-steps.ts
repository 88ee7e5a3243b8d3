import { bucket, executionRole } from "./runner-sandbox";

const image = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5";
const get = (path: string) => ({ Get: path });
const text = (path: string) => ({ "Std:Join": { On: "", Values: [get(path)] } });
const runPrefix = (...parts: readonly string[]) => ({
  "Std:Join": { On: "/", Values: [`s3://${bucket}/runs`, get("Execution.PipelineExecutionId"), ...parts] },
});

/** Headerless CSV, label first: the label is whether the first feature is above the middle. */
export const trainingData = (rows: number): string =>
  Array.from({ length: rows }, (_, row) => `${Number(row % 10 > 4)},${row % 10},${row % 7}\n`).join("");

const channel = (ChannelName: string) => ({
  ChannelName,
  ContentType: "text/csv",
  DataSource: {
    S3DataSource: {
      S3DataType: "S3Prefix",
      S3Uri: `s3://${bucket}/training/`,
      S3DataDistributionType: "FullyReplicated",
    },
  },
});

export const train = {
  Name: "Train",
  Type: "Training",
  Arguments: {
    AlgorithmSpecification: { TrainingImage: image, TrainingInputMode: "File" },
    OutputDataConfig: { S3OutputPath: runPrefix("models") },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    ResourceConfig: { InstanceType: "ml.m5.xlarge", InstanceCount: 1, VolumeSizeInGB: 30 },
    RoleArn: executionRole,
    InputDataConfig: [channel("train"), channel("validation")],
    HyperParameters: {
      objective: "binary:logistic",
      eval_metric: "auc",
      num_round: text("Parameters.Rounds"),
      max_depth: text("Parameters.Depth"),
      min_child_weight: "0",
    },
  },
};

export const trainParameters = [
  { Name: "Rounds", Type: "Integer", DefaultValue: 3 },
  { Name: "Depth", Type: "Integer", DefaultValue: 2 },
];

const artifact = get("Steps.Train.ModelArtifacts.S3ModelArtifacts");

export const registerIn = (group: string) => ({
  Name: "Register-RegisterModel",
  Type: "RegisterModel",
  Arguments: {
    ModelPackageGroupName: group,
    ModelApprovalStatus: "PendingManualApproval",
    InferenceSpecification: {
      Containers: [{ Image: image, ModelDataUrl: artifact }],
      SupportedContentTypes: ["text/csv"],
      SupportedResponseMIMETypes: ["text/csv"],
    },
  },
});

export const createModel = {
  Name: "Serve-CreateModel",
  Type: "Model",
  Arguments: {
    ExecutionRoleArn: executionRole,
    PrimaryContainer: { Image: image, ModelDataUrl: artifact, Environment: {} },
  },
};

export const transform = {
  Name: "Score",
  Type: "Transform",
  Arguments: {
    ModelName: get("Steps.Serve-CreateModel.ModelName"),
    TransformInput: {
      DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: get("Parameters.Batch") } },
      ContentType: "text/csv",
      SplitType: "Line",
    },
    TransformOutput: { S3OutputPath: runPrefix("scores"), Accept: "text/csv", AssembleWith: "Line" },
    TransformResources: { InstanceType: "ml.m5.xlarge", InstanceCount: 1 },
  },
};
