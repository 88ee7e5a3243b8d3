"""Trains XGBoost, measures it on rows that it has not seen, and registers what is good enough."""

from __future__ import annotations

import os
from dataclasses import dataclass

from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.metadata_properties import MetadataProperties
from sagemaker.model import Model
from sagemaker.model_metrics import MetricsSource, ModelMetrics
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionGreaterThanOrEqualTo
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterFloat
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.steps import ProcessingStep, TrainingStep

from pipelines.jobs import CALL_RETRIES, JOB_RETRIES, TRAINING_TYPE, Context, output_of, script_step

REPORT = PropertyFile(name="Evaluation", output_name="evaluation", path="evaluation.json")
AUC = "binary_classification_metrics.auc.value"
HYPERPARAMETERS = {
    "objective": "binary:logistic",
    "eval_metric": "auc",
    "num_round": 60,
    "max_depth": 3,
    "eta": 0.1,
    "subsample": 0.8,
    "seed": 200,
}


@dataclass(frozen=True)
class Prepared:
    """URIs of folders: what training reads, and what a version is tested with."""

    train: object
    validation: object
    held_out: object


def minimum_auc(default: float) -> ParameterFloat:
    return ParameterFloat(name="MinimumAuc", default_value=default)


def training_steps(context: Context, rows: Prepared, minimum: ParameterFloat) -> list[object]:
    train = train_step(context, rows)
    model = train.properties.ModelArtifacts.S3ModelArtifacts
    evaluate = script_step(
        context,
        "Evaluate",
        "evaluate.py",
        {"input/model": model, "input/held-out": rows.held_out},
        ["evaluation"],
        property_files=[REPORT],
    )
    auc = JsonGet(step_name=evaluate.name, property_file=REPORT, json_path=AUC)
    gate = ConditionStep(
        name="CheckAuc",
        conditions=[ConditionGreaterThanOrEqualTo(left=auc, right=minimum)],
        if_steps=[register_step(context, model, evaluate, rows)],
        else_steps=[
            FailStep(name="NotGoodEnough", error_message=Join(on=" ", values=["No version: the AUC is below", minimum]))
        ],
    )
    return [train, evaluate, gate]


def train_step(context: Context, rows: Prepared) -> TrainingStep:
    project = context.project
    estimator = Estimator(
        image_uri=context.image,
        role=project.execution_role_arn,
        instance_type=TRAINING_TYPE,
        instance_count=1,
        output_path=context.of_execution("model"),
        output_kms_key=project.key_arn,
        volume_kms_key=project.key_arn,
        hyperparameters=HYPERPARAMETERS,
        encrypt_inter_container_traffic=True,
        enable_network_isolation=True,
        debugger_hook_config=False,
        disable_profiler=True,
        sagemaker_session=context.session,
    )
    inputs = {
        name: TrainingInput(s3_data=uri, content_type="text/csv")
        for name, uri in (("train", rows.train), ("validation", rows.validation))
    }
    return TrainingStep(name="Train", step_args=estimator.fit(inputs=inputs), retry_policies=JOB_RETRIES)


def register_step(context: Context, model_data: object, evaluate: ProcessingStep, rows: Prepared) -> ModelStep:
    """With the version stand how good it is, and the rows that its deployments are tested with."""
    project = context.project
    evaluation = Join(on="/", values=[output_of(evaluate, "evaluation"), "evaluation.json"])
    model = Model(
        image_uri=context.image,
        model_data=model_data,
        role=project.execution_role_arn,
        sagemaker_session=context.session,
    )
    return ModelStep(
        name="Register",
        retry_policies=CALL_RETRIES,
        step_args=model.register(
            content_types=["text/csv"],
            response_types=["text/csv"],
            inference_instances=["ml.t2.medium", "ml.m5.large", "ml.m5.xlarge"],
            transform_instances=["ml.m5.large", "ml.m5.xlarge"],
            model_package_group_name=project.model_package_group,
            approval_status="PendingManualApproval",
            model_metrics=ModelMetrics(
                model_statistics=MetricsSource(s3_uri=evaluation, content_type="application/json")
            ),
            metadata_properties=MetadataProperties(
                commit_id=commit(), repository=project.repository, project_id=project.project_id
            ),
            customer_metadata_properties={"HeldOutRows": rows.held_out, "Evaluation": evaluation},
        ),
    )


def commit() -> str | None:
    """Which commit a CI server builds."""
    return os.environ.get("GIT_COMMIT") or os.environ.get("CI_COMMIT_SHA")
