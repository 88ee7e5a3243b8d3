"""Renders the two mammo-severity pipelines with AWS's own SageMaker Python SDK.

The output is the golden files that our TypeScript definitions are compared with (test/unit/pipelines/parity.test.ts).
Runs offline with dummy credentials:

    python render_with_sdk.py OUTPUT_DIRECTORY
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("SAGEMAKER_SUPPRESS_V2_WARNING", "1")

import boto3
from sagemaker import image_uris
from sagemaker.drift_check_baselines import DriftCheckBaselines
from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.lambda_helper import Lambda
from sagemaker.model import Model
from sagemaker.model_metrics import MetricsSource, ModelMetrics
from sagemaker.model_monitor.dataset_format import DatasetFormat
from sagemaker.processing import ProcessingInput, ProcessingOutput, ScriptProcessor
from sagemaker.transformer import Transformer
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionGreaterThan
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.monitor_batch_transform_step import MonitorBatchTransformStep
from sagemaker.workflow.parameters import ParameterFloat, ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.quality_check_step import DataQualityCheckConfig, QualityCheckStep
from sagemaker.workflow.steps import ProcessingStep, TrainingStep

REGION = "us-east-1"
ACCOUNT = "111111111111"
MODEL = "mammo-severity"
DATA = "s3://mlops-dev-sagemaker-data-111111111111"
ARTIFACTS = "s3://mlops-sagemaker-artifacts-333333333333"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/mlops-dev"
GROUP = f"arn:aws:sagemaker:{REGION}:333333333333:model-package-group/mammo-severity-model-package"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/sagemaker-execution-role"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:mammo-severity-latest-approved-model"
EXECUTION = ExecutionVariables.PIPELINE_EXECUTION_ID
CSV = DatasetFormat.csv(header=False)


def session() -> PipelineSession:
    boto_session = boto3.Session("dummy", "dummy", region_name=REGION)
    return PipelineSession(boto_session=boto_session, default_bucket="unused")


def run_prefix(base: str, *parts: str) -> Join:
    """A prefix of one execution: `base` / execution id / parts."""
    return Join(on="/", values=[base, EXECUTION, *parts])


def scripts(name: str) -> str:
    """Script names carry a content hash; the comparison knows."""
    return f"{DATA}/{MODEL}/scripts/HASH/{name}"


def check_job(pipeline_session: PipelineSession) -> CheckJobConfig:
    return CheckJobConfig(
        role=ROLE,
        instance_count=1,
        instance_type="ml.c5.xlarge",
        volume_size_in_gb=120,
        volume_kms_key=KEY,
        output_kms_key=KEY,
        sagemaker_session=pipeline_session,
    )


def script_processor(
    pipeline_session: PipelineSession, image: str, instance_type: object, count: object
) -> ScriptProcessor:
    return ScriptProcessor(
        image_uri=image,
        command=["python3"],
        role=ROLE,
        instance_type=instance_type,
        instance_count=count,
        volume_kms_key=KEY,
        output_kms_key=KEY,
        sagemaker_session=pipeline_session,
    )


def output(name: str, destination: object) -> ProcessingOutput:
    return ProcessingOutput(output_name=name, source=f"/opt/ml/processing/{name}", destination=destination)


def train_pipeline(pipeline_session: PipelineSession) -> Pipeline:
    instance_type = ParameterString(name="ProcessingInstanceType", default_value="ml.m5.xlarge")
    instance_count = ParameterInteger(name="ProcessingInstanceCount", default_value=1)
    approval = ParameterString(name="ModelApprovalStatus", default_value="PendingManualApproval")
    input_data = ParameterString(name="InputDataUrl", default_value=f"{DATA}/{MODEL}/data/train-dataset/")
    threshold = ParameterFloat(name="AucScoreThreshold", default_value=0.5)
    sklearn = image_uris.retrieve("sklearn", REGION, version="1.4-2", instance_type="ml.m5.xlarge")
    xgboost = image_uris.retrieve("xgboost", REGION, version="3.0-5")

    preprocess = ProcessingStep(
        name="Mammo-PreProcessing",
        step_args=script_processor(pipeline_session, sklearn, instance_type, instance_count).run(
            code=scripts("preprocess.py"),
            inputs=[ProcessingInput(source=input_data, destination="/opt/ml/processing/input/data", input_name="data")],
            outputs=[
                output(name, run_prefix(f"{DATA}/{MODEL}/train", name))
                for name in ("train", "validation", "test", "baseline")
            ],
        ),
    )

    def outputs(name: str) -> object:
        return preprocess.properties.ProcessingOutputConfig.Outputs[name].S3Output.S3Uri

    estimator = Estimator(
        image_uri=xgboost,
        role=ROLE,
        instance_type="ml.m5.xlarge",
        instance_count=1,
        output_path=run_prefix(f"{ARTIFACTS}/{MODEL}/models"),
        output_kms_key=KEY,
        volume_kms_key=KEY,
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
    )

    check = QualityCheckStep(
        name="Mammo-DataQualityCheck",
        skip_check=True,
        register_new_baseline=True,
        quality_check_config=DataQualityCheckConfig(
            baseline_dataset=outputs("baseline"),
            dataset_format=CSV,
            output_s3_uri=run_prefix(f"{ARTIFACTS}/{MODEL}/baselines"),
        ),
        check_job_config=check_job(pipeline_session),
        model_package_group_name=GROUP,
    )

    model = Model(image_uri=xgboost, model_data=artifacts, role=ROLE, sagemaker_session=pipeline_session)
    register = ModelStep(
        name="Mammo",
        step_args=model.register(
            content_types=["text/csv"],
            response_types=["text/csv"],
            inference_instances=["ml.t2.medium", "ml.m5.xlarge"],
            transform_instances=["ml.m5.xlarge"],
            model_package_group_name=GROUP,
            approval_status=approval,
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
                model_data_statistics=MetricsSource(
                    s3_uri=check.properties.CalculatedBaselineStatistics, content_type="application/json"
                ),
                model_data_constraints=MetricsSource(
                    s3_uri=check.properties.CalculatedBaselineConstraints, content_type="application/json"
                ),
            ),
            drift_check_baselines=DriftCheckBaselines(
                model_data_statistics=MetricsSource(
                    s3_uri=check.properties.BaselineUsedForDriftCheckStatistics, content_type="application/json"
                ),
                model_data_constraints=MetricsSource(
                    s3_uri=check.properties.BaselineUsedForDriftCheckConstraints, content_type="application/json"
                ),
            ),
        ),
    )
    fail = FailStep(
        name="Mammo-AUCFail",
        error_message=Join(on=" ", values=["Execution failed because the AUC is not above", threshold]),
    )
    gate = ConditionStep(
        name="Mammo-CheckAUCScore",
        conditions=[
            ConditionGreaterThan(
                left=JsonGet(
                    step_name=evaluate.name, property_file=report, json_path="classification_metrics.auc.value"
                ),
                right=threshold,
            )
        ],
        if_steps=[check, register],
        else_steps=[fail],
    )
    return Pipeline(
        name="mammo-severity-train-pipeline",
        parameters=[instance_type, instance_count, approval, input_data, threshold],
        steps=[preprocess, train, evaluate, gate],
        sagemaker_session=pipeline_session,
    )


def inference_pipeline(pipeline_session: PipelineSession) -> Pipeline:
    instance_type = ParameterString(name="ProcessingInstanceType", default_value="ml.m5.xlarge")
    instance_count = ParameterInteger(name="ProcessingInstanceCount", default_value=1)
    transform_input = ParameterString(
        name="transform_input", default_value=f"{DATA}/{MODEL}/data/batch-dataset/mammo-batch-dataset.csv"
    )
    names = ("model_artifact_uri", "image_uri", "s3_baseline_uri_statistics", "s3_baseline_uri_constraints")
    latest = LambdaStep(
        name="Mammo-LatestApprovedModel",
        lambda_func=Lambda(function_arn=FUNCTION, session=pipeline_session),
        inputs={},
        outputs=[LambdaOutput(output_name=name, output_type=LambdaOutputTypeEnum.String) for name in names],
    )
    found = latest.properties.Outputs
    model = Model(
        image_uri=found["image_uri"],
        model_data=found["model_artifact_uri"],
        role=ROLE,
        enable_network_isolation=True,
        sagemaker_session=pipeline_session,
    )
    create = ModelStep(name="Mammo", step_args=model.create(instance_type="ml.m5.xlarge"))
    transformer = Transformer(
        model_name=create.properties.ModelName,
        instance_type="ml.m5.xlarge",
        instance_count=1,
        accept="text/csv",
        assemble_with="Line",
        output_path=run_prefix(f"{DATA}/{MODEL}/inference", "predictions"),
        output_kms_key=KEY,
        volume_kms_key=KEY,
        sagemaker_session=pipeline_session,
    )
    monitor = MonitorBatchTransformStep(
        name="Mammo-Inference",
        transform_step_args=transformer.transform(data=transform_input, content_type="text/csv", split_type="Line"),
        monitor_configuration=DataQualityCheckConfig(
            baseline_dataset=transform_input,
            dataset_format=CSV,
            output_s3_uri=run_prefix(f"{DATA}/{MODEL}/inference", "monitoring"),
        ),
        check_job_configuration=check_job(pipeline_session),
        monitor_before_transform=True,
        fail_on_violation=True,
        supplied_baseline_statistics=found["s3_baseline_uri_statistics"],
        supplied_baseline_constraints=found["s3_baseline_uri_constraints"],
    )
    return Pipeline(
        name="mammo-severity-inference-pipeline",
        parameters=[instance_type, instance_count, transform_input],
        steps=[latest, create, monitor],
        sagemaker_session=pipeline_session,
    )


def main() -> None:
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)
    pipeline_session = session()
    for name, build in (("train", train_pipeline), ("inference", inference_pipeline)):
        definition = json.loads(build(pipeline_session).definition())
        (directory / f"{name}.json").write_text(json.dumps(definition, indent=2) + "\n")


if __name__ == "__main__":
    main()
