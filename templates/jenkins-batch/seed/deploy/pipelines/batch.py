"""The pipeline of a stage: scores a file of rows with the one version that it was deployed for."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sagemaker.model import Model
from sagemaker.transformer import Transformer
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.steps import TransformStep

from ci.commands import InputError
from ci.project import read_json
from ci.served import name_of
from ci.version import Version
from pipelines.jobs import CALL_RETRIES, JOB_RETRIES, Context


@dataclass(frozen=True)
class Machines:
    """What batch transform runs on, unless an execution says otherwise."""

    instance_type: str
    instance_count: int


def read_machines(stage: str, folder: Path = Path("config")) -> Machines:
    path = folder / f"{stage}.json"
    values = read_json(path)
    wrong = [
        f"{path}: {key} must be {rule}, got: {json.dumps(values.get(key))}"
        for key, (rule, holds) in _RULES.items()
        if not holds(values.get(key))
    ]
    wrong += [f"{path}: there is no setting {key}" for key in values if key not in _RULES]
    if wrong:
        raise InputError("\n".join(wrong))
    return Machines(values["instanceType"], values["instanceCount"])


_RULES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "instanceType": (
        "a type such as ml.m5.xlarge",
        lambda value: bool(re.fullmatch(r"ml(\.[a-z0-9]+){2}", str(value))),
    ),
    "instanceCount": ("a whole number from 1 to 100", lambda value: type(value) is int and 1 <= value <= 100),
}


def batch_pipeline(context: Context, version: Version, stage: str, machines: Machines) -> Pipeline:
    """Predictions lie below the version's number and the execution: no run writes over another's."""
    project = context.project
    rows = ParameterString(name="Rows", default_value=f"{version.held_out}/features.csv")
    instance_type = ParameterString(name="InstanceType", default_value=machines.instance_type)
    instance_count = ParameterInteger(name="InstanceCount", default_value=machines.instance_count)
    # A pipeline cannot make a model by its package's name: SageMaker refuses ModelPackageName in a definition.
    model = Model(
        image_uri=version.container["Image"],
        model_data=version.container["ModelDataUrl"],
        env=dict(version.container.get("Environment", {})),
        role=project.execution_role_arn,
        enable_network_isolation=True,
        sagemaker_session=context.session,
    )
    create = ModelStep(
        name="Create", step_args=model.create(instance_type=machines.instance_type), retry_policies=CALL_RETRIES
    )
    transformer = Transformer(
        model_name=create.properties.ModelName,
        instance_type=instance_type,
        instance_count=instance_count,
        accept="text/csv",
        assemble_with="Line",
        output_path=context.of_execution("predictions", stage, str(version.number)),
        output_kms_key=project.key_arn,
        volume_kms_key=project.key_arn,
        sagemaker_session=context.session,
    )
    score = TransformStep(
        name="Score",
        step_args=transformer.transform(data=rows, content_type="text/csv", split_type="Line"),
        retry_policies=JOB_RETRIES,
    )
    return Pipeline(
        name=name_of(project.name, stage),
        parameters=[rows, instance_type, instance_count],
        steps=[create, score],
        sagemaker_session=context.session,
    )
