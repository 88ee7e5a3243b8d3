/** Values as the reference implementation and AWS's documentation give them, written out by hand. */
import { devContextOf, rendered, stepsByName } from "../../../test/support/model";
import { mammoSeverity } from "../model";

const inference = mammoSeverity.pipelines.inference(devContextOf(mammoSeverity));
const definition = rendered(inference);
const steps = stepsByName(definition);
const key = "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev";
const volumeKey = "arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const output = (name: string) => ({ Get: `Steps.Mammo-LatestApprovedModel.OutputParameters['${name}']` });

test("the inference pipeline takes the batch from its transform_input parameter", () => {
  expect(definition.Parameters).toEqual([
    { Name: "ProcessingInstanceType", Type: "String", DefaultValue: "ml.t3.large" },
    { Name: "ProcessingInstanceCount", Type: "Integer", DefaultValue: 1 },
    {
      Name: "transform_input",
      Type: "String",
      DefaultValue:
        "s3://mlops-dev-sagemaker-data-111111111111/mammo-severity/data/batch-dataset/mammo-batch-dataset.csv",
    },
    { Name: "TransformInstanceType", Type: "String", DefaultValue: "ml.m5.xlarge" },
  ]);
});

test("the model comes from the latest approved version", () => {
  expect(steps["Mammo-LatestApprovedModel"]).toMatchObject({
    Type: "Lambda",
    FunctionArn: "arn:aws:lambda:us-east-1:111111111111:function:mammo-severity-latest-approved-model",
    OutputParameters: [
      { OutputName: "model_artifact_uri", OutputType: "String" },
      { OutputName: "image_uri", OutputType: "String" },
      { OutputName: "s3_baseline_uri_statistics", OutputType: "String" },
      { OutputName: "s3_baseline_uri_constraints", OutputType: "String" },
    ],
  });
  expect(steps["Mammo-CreateModel"]).toMatchObject({
    Type: "Model",
    Arguments: {
      PrimaryContainer: { Image: output("image_uri"), ModelDataUrl: output("model_artifact_uri") },
      EnableNetworkIsolation: true,
    },
  });
});

test("the monitor fails on any violation of the version's own baseline, before anything is scored", () => {
  expect(steps["Mammo-Inference-monitoring"]).toMatchObject({
    Type: "QualityCheck",
    CheckType: "DATA_QUALITY",
    SkipCheck: false,
    FailOnViolation: true,
    RegisterNewBaseline: false,
    SuppliedBaselineStatistics: output("s3_baseline_uri_statistics"),
    SuppliedBaselineConstraints: output("s3_baseline_uri_constraints"),
  });
  expect(steps["Mammo-Inference-transform"]?.DependsOn).toEqual(["Mammo-Inference-monitoring"]);
});

test("the batch is scored line by line", () => {
  expect(steps["Mammo-Inference-transform"]?.Arguments).toMatchObject({
    ModelName: { Get: "Steps.Mammo-CreateModel.ModelName" },
    TransformInput: {
      ContentType: "text/csv",
      SplitType: "Line",
      DataSource: { S3DataSource: { S3Uri: { Get: "Parameters.transform_input" } } },
    },
    TransformResources: { InstanceType: { Get: "Parameters.TransformInstanceType" }, InstanceCount: 1 },
  });
});

test("defect: the monitoring step has no KMS key on its output, and the transform none on its volume", () => {
  expect(steps["Mammo-Inference-monitoring"]?.Arguments.ProcessingOutputConfig).toMatchObject({
    KmsKeyId: key,
  });
  expect(steps["Mammo-Inference-transform"]?.Arguments).toMatchObject({
    TransformOutput: { KmsKeyId: key },
    TransformResources: { VolumeKmsKeyId: volumeKey },
  });
});

test("drift is the failure of the monitoring step, found by its kind", () => {
  expect(inference.stepNames("QualityCheck")).toEqual(["Mammo-Inference-monitoring"]);
});
