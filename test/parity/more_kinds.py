"""Further steps, which the definitions of `step_kinds` would not run with, each in the SDK's own class."""

from __future__ import annotations

from dev_account import DATA, KEY, VOLUME_KEY
from sagemaker.transformer import Transformer
from sagemaker.workflow.parameters import ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.steps import TransformStep

MODEL = ParameterString(name="Model", default_value="scorer")


def joined(pipeline_session: PipelineSession) -> TransformStep:
    """Records without their ids go to the model, and the output has ids and scores."""
    transformer = Transformer(
        model_name=MODEL,
        instance_type="ml.m5.xlarge",
        instance_count=1,
        accept="text/csv",
        assemble_with="Line",
        output_path=f"{DATA}/scores",
        output_kms_key=KEY,
        volume_kms_key=VOLUME_KEY,
        sagemaker_session=pipeline_session,
    )
    arguments = transformer.transform(
        data=f"{DATA}/batch/",
        content_type="text/csv",
        split_type="Line",
        input_filter="$[1:]",
        join_source="Input",
        output_filter="$[0,-1]",
    )
    return TransformStep(name="Joined", step_args=arguments)


def more_kinds(pipeline_session: PipelineSession) -> Pipeline:
    steps = [joined(pipeline_session)]
    return Pipeline(name="more-kinds", parameters=[MODEL], steps=steps, sagemaker_session=pipeline_session)
