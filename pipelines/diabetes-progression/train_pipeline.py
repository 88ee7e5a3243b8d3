"""Split, tune, evaluate, and, where the best model is good enough, register it with what predictions are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs import (
    EXECUTION,
    JOB_RETRIES,
    PERIOD_ROWS,
    PROCESSING_TYPE,
    TRAINING_TYPE,
    image,
    output_of,
    run_prefix,
    script_step,
)
from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.tuner import ContinuousParameter, HyperparameterTuner, IntegerParameter
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionGreaterThan, ConditionLessThan
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.parameters import ParameterFloat, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.steps import ProcessingStep, TuningStep
from version_steps import baseline_step, bounds_step, register_step, seal_step

if TYPE_CHECKING:
    from mlops_render.context import Context

REPORT = PropertyFile(name="EvaluationReport", output_name="evaluation", path="evaluation.json")


def train_pipeline(context: Context) -> Pipeline:
    data = ParameterString(name="InputDataUrl", default_value=f"{context.data_uri}/data/train-dataset/")
    limit = ParameterFloat(name="RmseLimit", default_value=70.0)
    preprocess = script_step(
        context,
        "Diabetes-Preprocess",
        "preprocess.py",
        {"input/data": data},
        {name: run_prefix(f"{context.data_uri}/splits", name) for name in ("train", "validation", "test")},
    )
    tune = tune_step(context, preprocess)
    model = best_model(context, tune)
    evaluate = evaluate_step(context, preprocess, model)
    baseline = baseline_step(context, evaluate)
    bounds = bounds_step(context, evaluate, baseline)
    seal = seal_step(context, model, baseline, bounds)
    gate = ConditionStep(
        name="Diabetes-CheckRmse",
        conditions=[
            ConditionLessThan(left=metric(evaluate, "rmse"), right=limit),
            # Whatever an execution asks for: better than always saying the mean.
            ConditionGreaterThan(left=metric(evaluate, "r2"), right=0.0),
        ],
        if_steps=[baseline, bounds, seal, register_step(context, evaluate, seal)],
        else_steps=[fail_step(limit)],
    )
    return Pipeline(
        name=f"{context.model}-train-pipeline",
        parameters=[PROCESSING_TYPE, TRAINING_TYPE, data, limit, PERIOD_ROWS],
        steps=[preprocess, tune, evaluate, gate],
        sagemaker_session=context.session,
    )


def tune_step(context: Context, preprocess: ProcessingStep) -> TuningStep:
    """Three training jobs side by side. Artifacts lie in the registry account's bucket, under this account's key."""
    estimator = Estimator(
        image_uri=image(context, "xgboost"),
        role=context.execution_role_arn,
        instance_type=TRAINING_TYPE,
        instance_count=1,
        output_path=run_prefix(f"{context.artifacts_uri}/models"),
        output_kms_key=context.kms_key_arn,
        volume_kms_key=context.volume_key_arn,
        hyperparameters={"objective": "reg:squarederror", "num_round": 60, "min_child_weight": 5, "subsample": 0.7},
        encrypt_inter_container_traffic=True,
        enable_network_isolation=True,
        debugger_hook_config=False,
        disable_profiler=True,
        sagemaker_session=context.session,
    )
    tuner = HyperparameterTuner(
        estimator,
        objective_metric_name="validation:rmse",
        objective_type="Minimize",
        hyperparameter_ranges={
            "eta": ContinuousParameter(0.03, 0.3, scaling_type="Logarithmic"),
            "max_depth": IntegerParameter(2, 4),
        },
        strategy="Random",
        random_seed=200,
        max_jobs=3,
        max_parallel_jobs=3,
    )
    inputs = {
        name: TrainingInput(s3_data=output_of(preprocess, name), content_type="text/csv")
        for name in ("train", "validation")
    }
    return TuningStep(name="Diabetes-Tune", step_args=tuner.fit(inputs=inputs), retry_policies=JOB_RETRIES)


def best_model(context: Context, tune: TuningStep) -> Join:
    """URI of the artifact of the training job whose error on the validation set was the least."""
    best = tune.properties.BestTrainingJob.TrainingJobName
    return Join(on="/", values=[f"{context.artifacts_uri}/models", EXECUTION, best, "output/model.tar.gz"])


def evaluate_step(context: Context, preprocess: ProcessingStep, model: Join) -> ProcessingStep:
    return script_step(
        context,
        "Diabetes-Evaluate",
        "evaluate.py",
        {"model": model, "test": output_of(preprocess, "test")},
        {
            "evaluation": run_prefix(f"{context.data_uri}/train", "evaluation"),
            "predictions": run_prefix(f"{context.data_uri}/splits", "predictions"),
        },
        framework="xgboost",
        property_files=[REPORT],
    )


def metric(evaluate: ProcessingStep, name: str) -> JsonGet:
    return JsonGet(step_name=evaluate.name, property_file=REPORT, json_path=f"regression_metrics.{name}.value")


def fail_step(limit: ParameterFloat) -> FailStep:
    reason = Join(
        on=" ", values=["Execution failed because the RMSE is not below", limit, "or no better than that of the mean"]
    )
    return FailStep(name="Diabetes-RmseFail", error_message=reason)
