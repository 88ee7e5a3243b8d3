"""Further steps, which the definitions of `step_kinds` would not run with, each in the SDK's own class."""

from __future__ import annotations

from dev_account import DATA, KEY, ROLE, VOLUME_KEY, check_job
from sagemaker.automl.automl import AutoML, AutoMLInput
from sagemaker.clarify import BiasConfig, DataConfig, ModelConfig, ModelPredictedLabelConfig
from sagemaker.lineage.action import Action
from sagemaker.lineage.artifact import Artifact
from sagemaker.transformer import Transformer
from sagemaker.workflow.automl_step import AutoMLStep
from sagemaker.workflow.clarify_check_step import ClarifyCheckStep, DataBiasCheckConfig, ModelBiasCheckConfig
from sagemaker.workflow.emr_step import EMRStep, EMRStepConfig
from sagemaker.workflow.endpoint_step import EndpointConfigStep, EndpointStep
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.functions import Join
from sagemaker.workflow.inference_component_step import InferenceComponentStep
from sagemaker.workflow.lineage_step import LineageAssociation, LineageEntityReference, LineageStep
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


def clarify_checks() -> list[ClarifyCheckStep]:
    """Of data alone, and of a model, which Clarify serves for as long as it asks."""
    data = DataConfig(
        f"{DATA}/train.csv", f"{DATA}/bias", label="label", headers=["label", "age"], dataset_type="text/csv"
    )
    bias = BiasConfig(label_values_or_threshold=[1], facet_name="age", facet_values_or_threshold=[40])
    model = ModelConfig(model_name="scorer", instance_count=1, instance_type="ml.m5.xlarge")
    checks = {
        "DataBias": DataBiasCheckConfig(data_config=data, data_bias_config=bias),
        "ModelBias": ModelBiasCheckConfig(
            data_config=data,
            data_bias_config=bias,
            model_config=model,
            model_predicted_label_config=ModelPredictedLabelConfig(probability_threshold=0.5),
        ),
    }
    return [
        ClarifyCheckStep(
            name=name,
            clarify_check_config=config,
            check_job_config=check_job(),
            supplied_baseline_constraints=f"{DATA}/baseline/analysis.json",
        )
        for name, config in checks.items()
    ]


def crunch() -> EMRStep:
    return EMRStep(
        name="Crunch",
        display_name="Crunch",
        description="Aggregates",
        cluster_id="j-1ABCDEFGHIJKL",
        step_config=EMRStepConfig(jar="command-runner.jar", args=["spark-submit", f"{DATA}/crunch.py"]),
    )


def search(pipeline_session: PipelineSession) -> AutoMLStep:
    auto = AutoML(
        role=ROLE,
        target_attribute_name="label",
        output_path=f"{DATA}/automl",
        mode="ENSEMBLING",
        encrypt_inter_container_traffic=True,
        sagemaker_session=pipeline_session,
    )
    data = AutoMLInput(inputs=f"{DATA}/train.csv", target_attribute_name="label", channel_type="training")
    return AutoMLStep(name="Search", step_args=auto.fit(inputs=[data]))


def serving(pipeline_session: PipelineSession) -> list[object]:
    variant = {
        "VariantName": "AllTraffic",
        "ModelName": "scorer",
        "InstanceType": "ml.m5.xlarge",
        "InitialInstanceCount": 1,
        "InitialVariantWeight": 1.0,
    }
    configure = EndpointConfigStep(
        name="Configure",
        step_args=pipeline_session.create_endpoint_config(
            name=Join(on="-", values=["pipelines-scorer", ExecutionVariables.PIPELINE_EXECUTION_ID]),
            production_variants=[variant],
            data_capture_config_dict={
                "EnableCapture": True,
                "InitialSamplingPercentage": 100,
                "DestinationS3Uri": f"{DATA}/captured",
                "CaptureOptions": [{"CaptureMode": "Input"}],
            },
        ),
    )
    serve = EndpointStep(
        name="Serve",
        step_args=pipeline_session.create_endpoint("pipelines-scorer", configure.properties.EndpointConfigName),
    )
    component = InferenceComponentStep(
        name="Component",
        step_args=pipeline_session.create_inference_component(
            inference_component_name="pipelines-scorer-part",
            endpoint_name=serve.properties.EndpointName,
            variant_name="AllTraffic",
            specification={
                "ModelName": "scorer",
                "ComputeResourceRequirements": {"NumberOfCpuCoresRequired": 1, "MinMemoryRequiredInMb": 1024},
            },
        ),
    )
    return [configure, serve, component]


def record(pipeline_session: PipelineSession) -> LineageStep:
    return LineageStep(
        name="Record",
        actions=[
            Action.create(
                action_name="scoring",
                source_uri=f"{DATA}/scores",
                source_type="S3",
                action_type="Scoring",
                sagemaker_session=pipeline_session,
            )
        ],
        artifacts=[
            Artifact.create(
                artifact_name="scores",
                source_uri=f"{DATA}/scores",
                artifact_type="Scores",
                sagemaker_session=pipeline_session,
            )
        ],
        associations=[
            LineageAssociation(
                source=LineageEntityReference(name="scoring", type="Action"),
                destination=LineageEntityReference(name="scores", type="Artifact"),
                association_type="Produced",
            )
        ],
    )


def more_kinds(pipeline_session: PipelineSession) -> Pipeline:
    """The local runner runs the first alone."""
    steps = [
        joined(pipeline_session),
        *clarify_checks(),
        crunch(),
        search(pipeline_session),
        *serving(pipeline_session),
        record(pipeline_session),
    ]
    return Pipeline(name="more-kinds", parameters=[MODEL], steps=steps, sagemaker_session=pipeline_session)
