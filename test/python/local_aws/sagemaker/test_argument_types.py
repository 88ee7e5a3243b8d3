"""The types that synthesis checks arguments by, against AWS's own service model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import botocore.session
from botocore.model import ListShape, MapShape, Shape, StructureShape

REQUESTS = (
    "CreateProcessingJob",
    "CreateTrainingJob",
    "CreateTransformJob",
    "CreateModel",
    "CreateModelPackage",
    "CreateHyperParameterTuningJob",
    "CreateAutoMLJob",
    "CreateEndpointConfig",
    "CreateInferenceComponent",
)
TYPES = {"integer": "Integer", "long": "Integer", "float": "Float", "double": "Float", "boolean": "Boolean"}


def members(shape: Shape, name: str = "", within: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Names and types of all values in a request, those of lists and maps under the name of the list or map."""
    if isinstance(shape, StructureShape):
        if shape.name not in within:
            for member, inner in shape.members.items():
                yield from members(inner, member, (*within, shape.name))
    elif isinstance(shape, ListShape):
        yield from members(shape.member, name, within)
    elif isinstance(shape, MapShape):
        yield from members(shape.value, name, within)
    else:
        yield name, TYPES.get(shape.type_name, "String")


def test_every_argument_that_is_no_text_is_listed_and_no_name_has_two_types() -> None:
    service = botocore.session.get_session().get_service_model("sagemaker")
    found = {each for request in REQUESTS for each in members(service.operation_model(request).input_shape)}
    assert len({name for name, _ in found}) == len(found)
    listed = json.loads((Path(__file__).parents[4] / "pipelines/definition/non-text-arguments.json").read_text())
    assert listed == {
        kind: sorted(name for name, each in found if each == kind) for kind in ("Integer", "Float", "Boolean")
    }
