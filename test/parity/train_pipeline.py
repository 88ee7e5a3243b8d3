"""The train pipeline in the SDK's classes."""

from __future__ import annotations

from dev_account import (
    CALL_RETRIES,
    CSV,
    DATA,
    EXECUTION,
    GROUP,
    JOB_RETRIES,
    KEY,
    MODEL,
    REGION,
    ROLE,
    RUNS,
    SEAL_FUNCTION,
    VOLUME_KEY,
    check_job,
    output,
    run_prefix,
    script_processor,
    scripts,
)
from sagemaker import image_uris
from sagemaker.drift_check_baselines import DriftCheckBaselines
from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.lambda_helper import Lambda
from sagemaker.model import Model
from sagemaker.model_metrics import MetricsSource, ModelMetrics
from sagemaker.processing import ProcessingInput
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionGreaterThan
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterFloat, ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.quality_check_step import DataQualityCheckConfig, QualityCheckStep
from sagemaker.workflow.steps import ProcessingStep, TrainingStep


def train_pipeline(pipeline_session: PipelineSession) -> Pipeline:
    instance_type = ParameterString(name="ProcessingInstanceType", default_value="ml.t3.large")
    instance_count = ParameterInteger(name="ProcessingInstanceCount", default_value=1)
    input_data = ParameterString(name="InputDataUrl", default_value=f"{DATA}/{MODEL}/data/train-dataset/")
    threshold = ParameterFloat(name="AucScoreThreshold", default_value=0.5)
    training_type = ParameterString(name="TrainingInstanceType", default_value="ml.m5.xlarge")
    sklearn = image_uris.retrieve("sklearn", REGION, version="1.4-2", instance_type="ml.m5.xlarge")
    xgboost = image_uris.retrieve("xgboost", REGION, version="3.0-5")

    preprocess = ProcessingStep(
        name="Mammo-PreProcessing",
        step_args=script_processor(pipeline_session, sklearn, instance_type, instance_count).run(
            code=scripts("preprocess.py"),
            inputs=[ProcessingInput(source=input_data, destination="/opt/ml/processing/input/data", input_name="data")],
            outputs=[
                output(name, run_prefix(f"{DATA}/{MODEL}/splits", name))
                for name in ("train", "validation", "test", "baseline")
            ],
        ),
        retry_policies=JOB_RETRIES,
    )

    def outputs(name: str) -> object:
        return preprocess.properties.ProcessingOutputConfig.Outputs[name].S3Output.S3Uri

    estimator = Estimator(
        image_uri=xgboost,
        role=ROLE,
        instance_type=training_type,
        instance_count=1,
        output_path=run_prefix(f"{RUNS}/models"),
        output_kms_key=KEY,
        volume_kms_key=VOLUME_KEY,
        hyperparameters={
            "objective": "binary:logistic",
            "eval_metric": "auc",
            "num_round": 50,
            "max_depth": 5,
            "eta": 0.2,
            "gamma": 4,
            "min_child_weight": 6,
            "subsample": 0.7,
        },
        encrypt_inter_container_traffic=True,
        enable_network_isolation=True,
        debugger_hook_config=False,
        disable_profiler=True,
        sagemaker_session=pipeline_session,
    )
    train = TrainingStep(
        name="Mammo-Train",
        step_args=estimator.fit(
            inputs={
                name: TrainingInput(s3_data=outputs(name), content_type="text/csv") for name in ("train", "validation")
            }
        ),
        retry_policies=JOB_RETRIES,
    )
    artifacts = train.properties.ModelArtifacts.S3ModelArtifacts

    report = PropertyFile(name="EvaluationReport", output_name="evaluation", path="evaluation.json")
    evaluate = ProcessingStep(
        name="Mammo-Eval",
        step_args=script_processor(pipeline_session, xgboost, instance_type, instance_count).run(
            code=scripts("evaluate.py"),
            inputs=[
                ProcessingInput(source=artifacts, destination="/opt/ml/processing/model", input_name="model"),
                ProcessingInput(source=outputs("test"), destination="/opt/ml/processing/test", input_name="test"),
            ],
            outputs=[output("evaluation", run_prefix(f"{DATA}/{MODEL}/train", "evaluation"))],
        ),
        property_files=[report],
        retry_policies=JOB_RETRIES,
    )

    check = QualityCheckStep(
        name="Mammo-DataQualityCheck",
        skip_check=True,
        register_new_baseline=True,
        quality_check_config=DataQualityCheckConfig(
            baseline_dataset=outputs("baseline"),
            dataset_format=CSV,
            output_s3_uri=run_prefix(f"{RUNS}/baselines"),
        ),
        check_job_config=check_job(pipeline_session, instance_type),
    )

    files = {
        "model_artifact_uri": artifacts,
        "s3_baseline_uri_statistics": check.properties.CalculatedBaselineStatistics,
        "s3_baseline_uri_constraints": check.properties.CalculatedBaselineConstraints,
    }
    seal = LambdaStep(
        name="Mammo-SealVersion",
        lambda_func=Lambda(function_arn=SEAL_FUNCTION, session=pipeline_session),
        inputs={"execution": EXECUTION, **files},
        outputs=[
            LambdaOutput(output_name=f"{name}{suffix}", output_type=LambdaOutputTypeEnum.String)
            for name in files
            for suffix in ("", "_version")
        ],
    )
    sealed = seal.properties.Outputs
    statistics = MetricsSource(s3_uri=sealed["s3_baseline_uri_statistics"], content_type="application/json")
    constraints = MetricsSource(s3_uri=sealed["s3_baseline_uri_constraints"], content_type="application/json")
    model = Model(
        image_uri=xgboost, model_data=sealed["model_artifact_uri"], role=ROLE, sagemaker_session=pipeline_session
    )
    register = ModelStep(
        name="Mammo",
        retry_policies=CALL_RETRIES,
        step_args=model.register(
            content_types=["text/csv"],
            response_types=["text/csv"],
            inference_instances=["ml.t2.medium", "ml.m5.xlarge"],
            transform_instances=["ml.m5.xlarge"],
            model_package_group_name=GROUP,
            approval_status="PendingManualApproval",
            model_metrics=ModelMetrics(
                model_statistics=MetricsSource(
                    s3_uri=Join(
                        on="/",
                        values=[
                            evaluate.properties.ProcessingOutputConfig.Outputs["evaluation"].S3Output.S3Uri,
                            "evaluation.json",
                        ],
                    ),
                    content_type="application/json",
                ),
                model_data_statistics=statistics,
                model_data_constraints=constraints,
            ),
            drift_check_baselines=DriftCheckBaselines(
                model_data_statistics=statistics, model_data_constraints=constraints
            ),
            customer_metadata_properties={f"{name}_version": sealed[f"{name}_version"] for name in files},
        ),
    )
    fail = FailStep(
        name="Mammo-AUCFail",
        error_message=Join(
            on=" ", values=["Execution failed because the AUC is not above both", threshold, "and", "0.5"]
        ),
    )
    gate = ConditionStep(
        name="Mammo-CheckAUCScore",
        conditions=[
            ConditionGreaterThan(
                left=JsonGet(
                    step_name=evaluate.name, property_file=report, json_path="classification_metrics.auc.value"
                ),
                right=floor,
            )
            for floor in (threshold, 0.5)
        ],
        if_steps=[check, seal, register],
        else_steps=[fail],
    )
    return Pipeline(
        name="mammo-severity-train-pipeline",
        parameters=[instance_type, instance_count, input_data, threshold, training_type],
        steps=[preprocess, train, evaluate, gate],
        sagemaker_session=pipeline_session,
    )
