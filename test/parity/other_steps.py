"""A pipeline as another team might write it, in the SDK's classes."""

from __future__ import annotations

from dev_account import ACCOUNT, DATA, FUNCTION, KEY, REGION, ROLE, output, run_prefix, script_processor
from sagemaker import image_uris
from sagemaker.estimator import Estimator
from sagemaker.inputs import TrainingInput
from sagemaker.lambda_helper import Lambda
from sagemaker.model import Model
from sagemaker.processing import FrameworkProcessor, ProcessingInput
from sagemaker.sklearn.estimator import SKLearn
from sagemaker.transformer import Transformer
from sagemaker.workflow.callback_step import CallbackOutput, CallbackOutputTypeEnum, CallbackStep
from sagemaker.workflow.condition_step import ConditionStep
from sagemaker.workflow.conditions import ConditionEquals, ConditionGreaterThan, ConditionIn, ConditionNot, ConditionOr
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.fail_step import FailStep
from sagemaker.workflow.functions import Join, JsonGet
from sagemaker.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterBoolean, ParameterFloat, ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.retry import (
    SageMakerJobExceptionTypeEnum,
    SageMakerJobStepRetryPolicy,
    StepExceptionTypeEnum,
    StepRetryPolicy,
)
from sagemaker.workflow.steps import CacheConfig, ProcessingStep, TrainingStep, TransformStep

PREFIX = f"{DATA}/other"
ROWS = ParameterInteger(name="Rows", default_value=200)
COLOUR = ParameterString(name="Colour", default_value="red", enum_values=["red", "blue"])
CAREFUL = ParameterBoolean(name="Careful", default_value=True)
THRESHOLD = ParameterFloat(name="Threshold", default_value=0.9)
XGBOOST = image_uris.retrieve("xgboost", REGION, version="3.0-5")


def prepare(pipeline_session: PipelineSession) -> ProcessingStep:
    """A packed source folder, unpacked and started by the SDK's own script."""
    processor = FrameworkProcessor(
        estimator_cls=SKLearn,
        framework_version="1.4-2",
        role=ROLE,
        instance_type="ml.m5.xlarge",
        instance_count=1,
        env={"COLOUR": COLOUR},
        sagemaker_session=pipeline_session,
    )
    return ProcessingStep(
        name="Prepare",
        step_args=processor.run(
            code="prepare.py",
            source_dir=f"{PREFIX}/source/sourcedir.tar.gz",
            arguments=["--rows", ROWS.to_string()],
            outputs=[output(name, run_prefix(PREFIX, name)) for name in ("train", "batch")],
        ),
        cache_config=CacheConfig(enable_caching=True, expire_after="PT1H"),
        retry_policies=[
            StepRetryPolicy([StepExceptionTypeEnum.SERVICE_FAULT, StepExceptionTypeEnum.THROTTLING], max_attempts=2),
            SageMakerJobStepRetryPolicy(
                failure_reason_types=[SageMakerJobExceptionTypeEnum.INTERNAL_ERROR], expire_after_mins=1
            ),
        ],
    )


def train(pipeline_session: PipelineSession, data: object) -> TrainingStep:
    estimator = Estimator(
        image_uri=XGBOOST,
        role=ROLE,
        instance_type="ml.m5.xlarge",
        instance_count=1,
        output_path=run_prefix(PREFIX, "models"),
        hyperparameters={"objective": "binary:logistic", "num_round": 4, "max_depth": 2},
        sagemaker_session=pipeline_session,
    )
    return TrainingStep(name="Train", step_args=estimator.fit({"train": TrainingInput(data, content_type="text/csv")}))


def score(pipeline_session: PipelineSession, training: TrainingStep, batch: object, name: str) -> list[object]:
    model = Model(
        image_uri=XGBOOST,
        model_data=training.properties.ModelArtifacts.S3ModelArtifacts,
        role=ROLE,
        sagemaker_session=pipeline_session,
    )
    create = ModelStep(name=name, step_args=model.create(instance_type="ml.m5.xlarge"))
    transformer = Transformer(
        model_name=create.properties.ModelName,
        instance_type="ml.m5.xlarge",
        instance_count=1,
        accept="text/csv",
        assemble_with="Line",
        output_path=run_prefix(PREFIX, "scores"),
        output_kms_key=KEY,
        sagemaker_session=pipeline_session,
    )
    arguments = transformer.transform(data=batch, content_type="text/csv", split_type="Line")
    return [create, TransformStep(name="Score", step_args=arguments)]


def measure(pipeline_session: PipelineSession, scores: object) -> tuple[ProcessingStep, PropertyFile]:
    """A script whose paths are written down in it."""
    report = PropertyFile(name="Report", output_name="report", path="report.json")
    sklearn = image_uris.retrieve("sklearn", REGION, version="1.4-2", instance_type="ml.m5.xlarge")
    step = ProcessingStep(
        name="Measure",
        step_args=script_processor(sklearn, "ml.m5.xlarge", 1).run(
            code=f"{PREFIX}/scripts/measure.py",
            inputs=[ProcessingInput(source=scores, destination="/opt/ml/processing/scores", input_name="scores")],
            outputs=[output("report", run_prefix(PREFIX, "report"))],
        ),
        property_files=[report],
    )
    return step, report


def ask_function(pipeline_session: PipelineSession, depends_on: list[object]) -> LambdaStep:
    return LambdaStep(
        name="Limits",
        lambda_func=Lambda(function_arn=FUNCTION, session=pipeline_session),
        inputs={"colour": COLOUR, "started": ExecutionVariables.START_DATETIME},
        outputs=[
            LambdaOutput(output_name="least", output_type=LambdaOutputTypeEnum.Float),
            LambdaOutput(output_name="open", output_type=LambdaOutputTypeEnum.Boolean),
        ],
        depends_on=depends_on,
    )


def ask_somebody(share: JsonGet) -> CallbackStep:
    return CallbackStep(
        name="Ask",
        sqs_queue_url=f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/questions",
        inputs={"share": share, "question": Join(on=" ", values=["go on with", COLOUR])},
        outputs=[CallbackOutput("answer", CallbackOutputTypeEnum.String)],
    )


def other_steps(pipeline_session: PipelineSession) -> Pipeline:
    preparing = prepare(pipeline_session)
    folders = preparing.properties.ProcessingOutputConfig.Outputs
    training = train(pipeline_session, folders["train"].S3Output.S3Uri)
    scoring = score(pipeline_session, training, folders["batch"].S3Output.S3Uri, "Serve")
    measuring, report = measure(pipeline_session, scoring[-1].properties.TransformOutput.S3OutputPath)
    limits = ask_function(pipeline_session, [preparing])
    share = JsonGet(step_name="Measure", property_file=report, json_path="shares[0].positive")
    ask = ask_somebody(share)
    answered = ConditionStep(
        name="Answered",
        conditions=[ConditionEquals(ask.properties.Outputs["answer"], "yes")],
        if_steps=[],
        else_steps=[FailStep(name="Refused", error_message=Join(on=": ", values=["somebody said no", COLOUR]))],
    )
    gate = ConditionStep(
        name="Gate",
        conditions=[
            ConditionGreaterThan(share, limits.properties.Outputs["least"]),
            ConditionOr([ConditionIn(COLOUR, ["green", "red"]), ConditionEquals(CAREFUL, False)]),
            ConditionNot(ConditionEquals(limits.properties.Outputs["open"], False)),
        ],
        if_steps=[ask, answered],
        else_steps=[
            FailStep(
                name="TooFew", error_message=Join(on=" ", values=["not above the limit of", THRESHOLD.to_string()])
            )
        ],
    )
    return Pipeline(
        name="other-steps",
        parameters=[ROWS, COLOUR, CAREFUL, THRESHOLD],
        steps=[preparing, training, *scoring, measuring, limits, gate],
        sagemaker_session=pipeline_session,
    )
