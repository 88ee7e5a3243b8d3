import { join } from "node:path";
import { devContextOf, rendered, stepsByName } from "../../../test/support/model";
import { describeModel } from "../../../test/support/every-model";
import { describeWithSdk } from "../../../test/support/with-sdk";
import { declaredModel } from "../../declared";
import type { RenderedPipeline } from "../../definition";
import { buildPipelines } from "../../model";

const data = "s3://mlops-dev-sagemaker-data-111111111111/diabetes-progression";
const artifacts = "s3://mlops-sagemaker-artifacts-333333333333/dev/diabetes-progression/runs";

describeWithSdk("the pipelines as AWS's SDK renders them", () => {
  const model = declaredModel(join(__dirname, ".."), "diabetes-progression");
  const { train, inference, monitor } = buildPipelines(model, devContextOf(model)) as Record<
    "train" | "inference" | "monitor",
    RenderedPipeline
  >;

  describeModel(model);

  test("tuning varies two hyperparameters of a regression, and the model of its best job is what is measured", () => {
    const steps = stepsByName(rendered(train));
    expect(steps["Diabetes-Tune"]?.Arguments).toMatchObject({
      HyperParameterTuningJobConfig: {
        ResourceLimits: { MaxNumberOfTrainingJobs: 3, MaxParallelTrainingJobs: 3 },
        HyperParameterTuningJobObjective: { Type: "Minimize", MetricName: "validation:rmse" },
        ParameterRanges: {
          ContinuousParameterRanges: [{ Name: "eta" }],
          IntegerParameterRanges: [{ Name: "max_depth" }],
        },
      },
      TrainingJobDefinition: { StaticHyperParameters: { objective: "reg:squarederror" } },
    });
    const best = { Get: "Steps.Diabetes-Tune.BestTrainingJob.TrainingJobName" };
    const uri = {
      "Std:Join": {
        On: "/",
        Values: [
          `${artifacts}/models`,
          { Get: "Execution.PipelineExecutionId" },
          best,
          "output/model.tar.gz",
        ],
      },
    };
    expect(steps["Diabetes-Evaluate"]?.Arguments.ProcessingInputs).toContainEqual(
      expect.objectContaining({
        InputName: "model",
        S3Input: expect.objectContaining({ S3Uri: uri }) as unknown,
      }),
    );
    expect(steps["Diabetes-SealVersion"]?.Arguments.model_artifact_uri).toEqual(uri);
  });

  test("a version is registered with what was kept of it: statistics as measured, constraints with their bounds", () => {
    const { Arguments } = stepsByName(rendered(train))["Diabetes-RegisterModel"] ?? {};
    const kept = (name: string) => ({ Get: `Steps.Diabetes-SealVersion.OutputParameters['${name}']` });
    expect(Arguments).toMatchObject({
      ModelApprovalStatus: "PendingManualApproval",
      DriftCheckBaselines: {
        ModelQuality: {
          Statistics: { S3Uri: kept("s3_quality_uri_statistics") },
          Constraints: { S3Uri: kept("s3_quality_uri_constraints") },
        },
      },
      CustomerMetadataProperties: {
        model_artifact_uri_version: kept("model_artifact_uri_version"),
        s3_quality_uri_statistics_version: kept("s3_quality_uri_statistics_version"),
        s3_quality_uri_constraints_version: kept("s3_quality_uri_constraints_version"),
      },
    });
    expect(
      stepsByName(rendered(train))["Diabetes-SealVersion"]?.Arguments.s3_quality_uri_constraints,
    ).toEqual({
      "Std:Join": {
        On: "/",
        Values: [
          { Get: "Steps.Diabetes-Bounds.ProcessingOutputConfig.Outputs['bounds'].S3Output.S3Uri" },
          "constraints.json",
        ],
      },
    });
  });

  test("the monitor holds predictions to what the approved version was registered with, and fails where they are worse", () => {
    expect(stepsByName(rendered(monitor))["Diabetes-ModelQuality"]).toMatchObject({
      CheckType: "MODEL_QUALITY",
      SkipCheck: false,
      FailOnViolation: true,
      SuppliedBaselineConstraints: {
        Get: "Steps.Diabetes-LatestApprovedModel.OutputParameters['s3_quality_uri_constraints']",
      },
      Arguments: {
        Environment: {
          analysis_type: "MODEL_QUALITY",
          problem_type: "Regression",
          ground_truth_attribute: "ground_truth",
          inference_attribute: "prediction",
        },
      },
    });
  });

  test("ground truth is read where the command uploads it", () => {
    const [, truth] = rendered(monitor).Parameters;
    expect(truth).toMatchObject({ Name: "GroundTruthUrl", DefaultValue: `${data}/data/ground-truth/` });
    expect(model.groundTruth?.prefix).toBe("diabetes-progression/data/ground-truth/");
  });

  test("whatever is written lies below the execution that wrote it, and rows where few may read", () => {
    for (const pipeline of [train, inference, monitor]) {
      const text = pipeline.render();
      const outputs = [...text.matchAll(/"(?:S3OutputPath|S3Uri)":(\{"Std:Join".*?\]\}\})/g)].map(
        ([, join]) => join ?? "",
      );
      expect(outputs.length).toBeGreaterThan(0);
      for (const join of outputs.filter((each) => each.includes("s3://")))
        expect(join).toContain("Execution.PipelineExecutionId");
    }
    const places = rendered(inference).Steps.flatMap(
      ({ Arguments }) => JSON.stringify(Arguments).match(/"predictions","\w+"/g) ?? [],
    );
    expect(places).toEqual(
      expect.arrayContaining(['"predictions","features"', '"predictions","raw"', '"predictions","scored"']),
    );
  });
});
