"""What the definitions offer beyond the two pipelines: callbacks, model quality, all conditions, cache and retries."""

from __future__ import annotations

from dev_account import ACCOUNT, CSV, DATA, REGION, check_job, output, script_processor, scripts
from sagemaker import image_uris
from sagemaker.workflow.callback_step import CallbackOutput, CallbackOutputTypeEnum, CallbackStep
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import (
    ConditionEquals,
    ConditionGreaterThanOrEqualTo,
    ConditionIn,
    ConditionLessThan,
    ConditionLessThanOrEqualTo,
    ConditionNot,
    ConditionOr,
)
from sagemaker.workflow.parameters import ParameterBoolean, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.quality_check_step import ModelQualityCheckConfig, QualityCheckStep
from sagemaker.workflow.retry import StepExceptionTypeEnum, StepRetryPolicy
from sagemaker.workflow.steps import CacheConfig, ProcessingStep


def step_kinds(pipeline_session: PipelineSession) -> Pipeline:
    colour = ParameterString(name="Colour", default_value="red", enum_values=["red", "blue"])
    careful = ParameterBoolean(name="Careful", default_value=True)
    sklearn = image_uris.retrieve("sklearn", REGION, version="1.4-2", instance_type="ml.m5.xlarge")
    prepare = ProcessingStep(
        name="Prepare",
        step_args=script_processor(sklearn, "ml.m5.xlarge", 1).run(
            code=scripts("prepare.py"), outputs=[output("clean", f"{DATA}/clean")]
        ),
        cache_config=CacheConfig(enable_caching=True, expire_after="P30D"),
        retry_policies=[
            StepRetryPolicy(
                exception_types=[StepExceptionTypeEnum.THROTTLING], interval_seconds=5, backoff_rate=2.0, max_attempts=3
            )
        ],
    )
    ask = CallbackStep(
        name="Ask",
        sqs_queue_url=f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/questions",
        inputs={"question": "go on?"},
        outputs=[CallbackOutput("answer", CallbackOutputTypeEnum.String)],
        display_name="Ask somebody",
        description="Waits for an answer",
    )
    quality = QualityCheckStep(
        name="Quality",
        skip_check=False,
        register_new_baseline=False,
        check_job_config=check_job(),
        quality_check_config=ModelQualityCheckConfig(
            baseline_dataset=f"{DATA}/predictions.csv",
            dataset_format=CSV,
            output_s3_uri=f"{DATA}/quality",
            problem_type="BinaryClassification",
            inference_attribute="_c0",
            ground_truth_attribute="_c1",
        ),
    )
    gate = ConditionStep(
        name="Gate",
        conditions=[
            ConditionOr(conditions=[ConditionIn(value=colour, in_values=["red", "blue"]), ConditionLessThan(1, 2)]),
            ConditionNot(ConditionEquals(careful, False)),
            ConditionGreaterThanOrEqualTo(2, 1),
            ConditionLessThanOrEqualTo(1, 1),
        ],
        if_steps=[ask],
        else_steps=[quality],
        depends_on=[prepare],
    )
    return Pipeline(
        name="step-kinds", parameters=[colour, careful], steps=[prepare, gate], sagemaker_session=pipeline_session
    )
