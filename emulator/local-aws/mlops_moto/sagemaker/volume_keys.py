"""
The key of a job's volume. SageMaker documents a key's id or ARN for a training job, and no form at all for a
processing job; a transform job takes aliases too. moto (5.2.5) takes anything.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ResourceConfig.html
"""

import re
from collections.abc import Callable
from typing import Any

from moto.sagemaker.exceptions import ValidationError

_PATTERN = re.compile(r"[a-zA-Z0-9:/_-]*")
_ALIAS = re.compile(r"(^|:)alias/")
_PLACES = {
    "processing": ("ProcessingResources", "ClusterConfig"),
    "training": ("ResourceConfig",),
    "transform": ("TransformResources",),
    "tuning": ("TrainingJobDefinition", "HyperParameterTuningResourceConfig"),
}


def check(kind: str, parameter: Callable[[str], Any]) -> None:
    """parameter: of the request, by name"""
    outer, *inner = _PLACES[kind]
    place = parameter(outer) or {}
    for name in inner:
        place = place.get(name) or {}
    key = str(place.get("VolumeKmsKeyId") or "")
    if not _PATTERN.fullmatch(key):
        raise ValidationError(f"VolumeKmsKeyId must match {_PATTERN.pattern}, got: {key}")
    if kind != "transform" and _ALIAS.search(key):
        raise ValidationError(f"VolumeKmsKeyId of a {kind} job must be the ID or the ARN of a key, got: {key}")
