/** Values as the reference implementation and AWS's documentation give them, written out by hand. */
import { devContextOf, rendered, stepsByName } from "../../../test/support/model";
import { mammoSeverity } from "../model";

const train = mammoSeverity.pipelines.train(devContextOf(mammoSeverity));
const definition = rendered(train);
const steps = stepsByName(definition);
const key = "arn:aws:kms:us-east-1:111111111111:alias/mlops-dev";

test("the train pipeline has the parameters of the reference, with their defaults, but none that approves", () => {
  expect(definition.Version).toBe("2020-12-01");
  expect(definition.Parameters).toEqual([
    { Name: "ProcessingInstanceType", Type: "String", DefaultValue: "ml.t3.large" },
    { Name: "ProcessingInstanceCount", Type: "Integer", DefaultValue: 1 },
    {
      Name: "InputDataUrl",
      Type: "String",
      DefaultValue: "s3://mlops-dev-sagemaker-data-111111111111/mammo-severity/data/train-dataset/",
    },
    { Name: "AucScoreThreshold", Type: "Float", DefaultValue: 0.5 },
    { Name: "TrainingInstanceType", Type: "String", DefaultValue: "ml.m5.xlarge" },
  ]);
});

test("the train pipeline has the steps of the reference, in their kinds", () => {
  expect(Object.values(steps).map(({ Name, Type }) => [Name, Type])).toEqual([
    ["Mammo-PreProcessing", "Processing"],
    ["Mammo-Train", "Training"],
    ["Mammo-Eval", "Processing"],
    ["Mammo-CheckAUCScore", "Condition"],
    ["Mammo-DataQualityCheck", "QualityCheck"],
    ["Mammo-SealVersion", "Lambda"],
    ["Mammo-RegisterModel", "RegisterModel"],
    ["Mammo-AUCFail", "Fail"],
  ]);
});

test("preprocessing gives the four outputs, on the machines the parameters name", () => {
  const step = steps["Mammo-PreProcessing"];
  expect(step?.Arguments).toMatchObject({
    ProcessingResources: {
      ClusterConfig: {
        InstanceType: { Get: "Parameters.ProcessingInstanceType" },
        InstanceCount: { Get: "Parameters.ProcessingInstanceCount" },
      },
    },
    AppSpecification: {
      ImageUri: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3",
      ContainerEntrypoint: ["python3", "/opt/ml/processing/input/code/preprocess.py"],
    },
  });
  const { Outputs } = step?.Arguments.ProcessingOutputConfig as { Outputs: { OutputName: string }[] };
  expect(Outputs.map(({ OutputName }) => OutputName)).toEqual(["train", "validation", "test", "baseline"]);
});

test("training has the reference's algorithm, settings and machine", () => {
  expect(steps["Mammo-Train"]?.Arguments).toMatchObject({
    AlgorithmSpecification: {
      TrainingImage: "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5",
    },
    HyperParameters: {
      objective: "binary:logistic",
      eval_metric: "auc",
      num_round: "50",
      max_depth: "5",
      eta: "0.2",
      gamma: "4",
      min_child_weight: "6",
      subsample: "0.7",
    },
    ResourceConfig: { InstanceType: { Get: "Parameters.TrainingInstanceType" }, InstanceCount: 1 },
  });
});

test("the artifact goes to the registry account's bucket, encrypted with this account's key", () => {
  expect(steps["Mammo-Train"]?.Arguments.OutputDataConfig).toEqual({
    S3OutputPath: {
      "Std:Join": {
        On: "/",
        Values: [
          "s3://mlops-sagemaker-artifacts-333333333333/dev/mammo-severity/runs/models",
          { Get: "Execution.PipelineExecutionId" },
        ],
      },
    },
    KmsKeyId: key,
  });
});

test("the evaluation report feeds the gate, which wants the AUC strictly above the threshold, and above the floor whatever that is", () => {
  expect(steps["Mammo-Eval"]?.PropertyFiles).toEqual([
    { PropertyFileName: "EvaluationReport", OutputName: "evaluation", FilePath: "evaluation.json" },
  ]);
  const auc = {
    "Std:JsonGet": {
      PropertyFile: { Get: "Steps.Mammo-Eval.PropertyFiles.EvaluationReport" },
      Path: "classification_metrics.auc.value",
    },
  };
  expect(steps["Mammo-CheckAUCScore"]?.Arguments.Conditions).toEqual([
    { Type: "GreaterThan", LeftValue: auc, RightValue: { Get: "Parameters.AucScoreThreshold" } },
    { Type: "GreaterThan", LeftValue: auc, RightValue: 0.5 },
  ]);
});

test("the data-quality check takes a new baseline, on its own machine, into the registry account's bucket", () => {
  const step = steps["Mammo-DataQualityCheck"];
  expect(step).toMatchObject({
    CheckType: "DATA_QUALITY",
    SkipCheck: true,
    RegisterNewBaseline: true,
    Arguments: {
      ProcessingResources: {
        ClusterConfig: { InstanceType: { Get: "Parameters.ProcessingInstanceType" }, VolumeSizeInGB: 120 },
      },
      AppSpecification: {
        ImageUri: "156813124566.dkr.ecr.us-east-1.amazonaws.com/sagemaker-model-monitor-analyzer",
      },
      Environment: {
        dataset_format: '{"csv": {"header": false, "output_columns_position": "START"}}',
        dataset_source: "/opt/ml/processing/input/baseline_dataset_input",
        output_path: "/opt/ml/processing/output",
        publish_cloudwatch_metrics: "Disabled",
      },
    },
  });
  expect(JSON.stringify(step?.Arguments.ProcessingOutputConfig)).toContain(
    "s3://mlops-sagemaker-artifacts-333333333333/dev/mammo-severity/runs/baselines",
  );
});

test("the registered version says what it takes, runs on, and is measured against", () => {
  const json = (uri: unknown) => ({ ContentType: "application/json", S3Uri: uri });
  const sealed = (name: string) => ({ Get: `Steps.Mammo-SealVersion.OutputParameters['${name}']` });
  const baseline = {
    Statistics: json(sealed("s3_baseline_uri_statistics")),
    Constraints: json(sealed("s3_baseline_uri_constraints")),
  };
  expect(steps["Mammo-RegisterModel"]?.Arguments).toMatchObject({
    ModelPackageGroupName:
      "arn:aws:sagemaker:us-east-1:333333333333:model-package-group/mammo-severity-model-package",
    ModelApprovalStatus: "PendingManualApproval",
    InferenceSpecification: {
      Containers: [{ ModelDataUrl: sealed("model_artifact_uri") }],
      SupportedContentTypes: ["text/csv"],
      SupportedResponseMIMETypes: ["text/csv"],
      SupportedRealtimeInferenceInstanceTypes: ["ml.t2.medium", "ml.m5.xlarge"],
      SupportedTransformInstanceTypes: ["ml.m5.xlarge"],
    },
    ModelMetrics: { ModelDataQuality: baseline },
    DriftCheckBaselines: { ModelDataQuality: baseline },
    CustomerMetadataProperties: {
      model_artifact_uri_version: sealed("model_artifact_uri_version"),
      s3_baseline_uri_statistics_version: sealed("s3_baseline_uri_statistics_version"),
      s3_baseline_uri_constraints_version: sealed("s3_baseline_uri_constraints_version"),
    },
  });
});

test("what is registered are copies that nobody overwrites, of what this execution wrote", () => {
  expect(steps["Mammo-SealVersion"]?.Arguments).toEqual({
    execution: { Get: "Execution.PipelineExecutionId" },
    model_artifact_uri: { Get: "Steps.Mammo-Train.ModelArtifacts.S3ModelArtifacts" },
    s3_baseline_uri_statistics: { Get: "Steps.Mammo-DataQualityCheck.CalculatedBaselineStatistics" },
    s3_baseline_uri_constraints: { Get: "Steps.Mammo-DataQualityCheck.CalculatedBaselineConstraints" },
  });
});

test("a gate that is not passed fails the execution with the threshold", () => {
  expect(JSON.stringify(steps["Mammo-AUCFail"]?.Arguments.ErrorMessage)).toContain(
    "Parameters.AucScoreThreshold",
  );
});

test("defect: output prefixes are fixed when the pipeline is uploaded, so runs overwrite each other", () => {
  const text = train.render();
  const outputs = [...text.matchAll(/"(?:S3OutputPath|S3Uri)":(\{"Std:Join".*?\]\}\})/g)].map(
    ([, join]) => join ?? "",
  );
  const written = outputs.filter((join) => join.includes("s3://"));
  expect(written.length).toBeGreaterThanOrEqual(7);
  for (const join of written) expect(join).toContain("Execution.PipelineExecutionId");
});
