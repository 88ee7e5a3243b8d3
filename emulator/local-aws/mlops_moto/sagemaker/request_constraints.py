"""
Lengths, patterns and ranges that AWS's service model gives for the members of a request, none of which moto (5.2.5)
looks at. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StartPipelineExecution.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from botocore.model import ListShape, Shape, StructureShape
from moto.core.responses import ActionResult
from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace
from .service_model import service_model

_CHECKED = {
    "create_code_repository": "CreateCodeRepository",
    "create_endpoint": "CreateEndpoint",
    "create_endpoint_config": "CreateEndpointConfig",
    "create_pipeline": "CreatePipeline",
    "create_project": "CreateProject",
    "update_code_repository": "UpdateCodeRepository",
    "update_endpoint": "UpdateEndpoint",
    "update_pipeline": "UpdatePipeline",
    "update_project": "UpdateProject",
    "start_pipeline_execution": "StartPipelineExecution",
}

_CLASSES = (
    (r"\\p\{[LMN]\}", r"\w"),
    (r"\\p\{Z\}", r"\s"),
    (r"\\p\{[SPC]\}", r"\W"),
    (r"\\p\{ASCII\}", r"[\x00-\x7f]"),
    (r"\\p\{Print\}", r"\x20-\x7e"),
    (r"\\z$", r"\Z"),
)


def install() -> None:
    """Before whatever answers these actions by now."""
    for method, operation in _CHECKED.items():
        replace(SageMakerResponse, method, _checked(operation, getattr(SageMakerResponse, method)))


def _checked(operation: str, answer: Callable[..., ActionResult]) -> Callable[..., ActionResult]:
    def checked(response: SageMakerResponse) -> ActionResult:
        check_request(operation, response.params)
        return answer(response)

    return checked


def check_request(operation: str, request: Mapping[str, Any]) -> None:
    """raises ValidationError"""
    fault = fault_in(request, service_model().operation_model(operation).input_shape)
    if fault:
        raise ValidationError(fault)


def fault_in(request: Mapping[str, Any], shape: StructureShape | None) -> str | None:
    """In the words of all of AWS's services, with every fault."""
    faults = list(_faults(request, shape, "")) if shape else []
    errors = "validation error" if len(faults) == 1 else "validation errors"
    return f"{len(faults)} {errors} detected: {'; '.join(faults)}" if faults else None


def _faults(value: Any, shape: Shape, path: str) -> Iterator[str]:
    for rule in _broken(value, shape):
        shown = "null" if value is None else value if isinstance(value, list | dict) else f"'{value}'"
        yield f"Value {shown} at '{path}' failed to satisfy constraint: Member must {rule}"
    if isinstance(shape, StructureShape) and value is not None:
        for name, member in shape.members.items():
            if value.get(name) is not None or name in shape.required_members:
                yield from _faults(value.get(name), member, f"{path}.{name[0].lower()}{name[1:]}".lstrip("."))
    elif isinstance(shape, ListShape):
        for index, each in enumerate(value or [], start=1):
            yield from _faults(each, shape.member, f"{path}.{index}.member")


def _broken(value: Any, shape: Shape) -> Iterator[str]:
    least, most, pattern = (shape.metadata.get(name) for name in ("min", "max", "pattern"))
    if value is None:
        yield "not be null"
        return
    size, noun = (len(value), "length") if isinstance(value, str | list | dict) else (value, "value")
    if least is not None and size < least:
        yield f"have {noun} greater than or equal to {least}"
    if most is not None and size > most:
        yield f"have {noun} less than or equal to {most}"
    if pattern and not re.fullmatch(_as_python_knows(pattern), value):
        yield f"satisfy regular expression pattern: {pattern}"


def _as_python_knows(pattern: str) -> str:
    """The same with Python's classes for Unicode's, of which it has none: letters and numbers, spaces, all else."""
    for unicode, python in _CLASSES:
        pattern = re.sub(unicode, lambda _, known=python: known, pattern)
    return pattern
