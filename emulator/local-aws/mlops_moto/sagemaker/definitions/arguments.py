"""A step's arguments against the shape of the request that they become."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from .definition_error import AssignmentError, DefinitionError, expect_array, expect_object

# SageMaker's to give, or the SDK's where the author asked for them.
_JOB_NAMES = (
    "TrainingJobName",
    "ProcessingJobName",
    "TransformJobName",
    "ModelName",
    "HyperParameterTuningJobName",
    "AutoMLJobName",
)

# "The pipeline backend excludes this field from the API model": aws/sagemaker-python-sdk, pull request 3472.
_EXCLUDED = ("ModelPackageName",)

# What a reference's value must be, so that it can stand where a type is wanted.
FAMILIES = {
    "string": "String",
    "timestamp": "String",
    "integer": "Integer",
    "long": "Integer",
    "float": "Float",
    "double": "Float",
    "boolean": "Boolean",
}
_TAKES = {"String": {"String"}, "Integer": {"Integer"}, "Float": {"Float", "Integer"}, "Boolean": {"Boolean"}}
_LITERALS: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
}

TypeOf = Callable[[dict[str, Any], str], str | None]
"""Type of what an expression such as `{"Get": "Parameters.Count"}` gives; None where only its execution tells."""


def is_expression(value: object) -> bool:
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in ("Get", "Std:Join", "Std:JsonGet")


class Arguments:
    """Checks values against shapes of AWS's own service model."""

    def __init__(self, type_of: TypeOf) -> None:
        self._type_of = type_of

    def check(self, value: object, shape: Shape, where: str) -> None:
        """raises DefinitionError: for the first value that is not of its shape"""
        if value is None:
            return
        if is_expression(value):
            self._expression(value, shape, where)
        elif isinstance(shape, StructureShape):
            self._structure(expect_object(value, where), shape, where)
        elif isinstance(shape, MapShape):
            entries = expect_object(value, where)
            _require_size(len(entries), shape, where)
            for name, inner in entries.items():
                self.check(inner, shape.value, f"{where}.{name}")
        elif isinstance(shape, ListShape):
            self._list(expect_array(value, where), shape, where)
        else:
            _literal(value, shape, where)

    def _expression(self, value: Any, shape: Shape, where: str) -> None:
        family = FAMILIES.get(shape.type_name)
        given = self._type_of(value, where)
        if family is None:
            start, whole = ("Array", "List") if isinstance(shape, ListShape) else ("Object", "Object")
            if given is not None and given != whole:
                raise DefinitionError(f"Expecting start of Json {start}. ({where})")
        elif given is not None and given not in _TAKES[family]:
            (kind, content), *_ = value.items()
            raise AssignmentError(content if kind == "Get" else kind, given, family, where)

    def _structure(self, value: dict[str, Any], shape: StructureShape, where: str) -> None:
        for name, inner in value.items():
            if name not in shape.members or name in _EXCLUDED:
                raise DefinitionError(f"Unknown Argument member '{name}' ({where})")
            self.check(inner, shape.members[name], f"{where}.{name}")
        for name in shape.required_members:
            if value.get(name) is None and name not in _JOB_NAMES:
                raise DefinitionError(f"Missing required argument '{name}' ({where})")

    def _list(self, value: list[Any], shape: ListShape, where: str) -> None:
        _require_size(len(value), shape, where)
        for index, inner in enumerate(value):
            self.check(inner, shape.member, f"{where}[{index}]")


def _require_size(size: int, shape: Shape, where: str) -> None:
    """https://github.com/getindata/kedro-sagemaker/issues/14"""
    most = shape.metadata.get("max")
    if most is not None and size > most:
        raise DefinitionError(
            f"Model Validation failed: container {shape.name} length ({size}) exceeds maximum limit ({most}). ({where})"
        )


def _literal(value: object, shape: Shape, where: str) -> None:
    family = FAMILIES.get(shape.type_name)
    if family is None:
        return
    right = isinstance(value, _LITERALS[family]) and (family == "Boolean" or not isinstance(value, bool))
    if not right:
        raise DefinitionError(f"Expecting a value of type {family}, got: {value!r} ({where})")
    most = shape.metadata.get("max")
    if isinstance(value, str) and most is not None and len(value) > most:
        # https://github.com/aws/sagemaker-python-sdk/issues/5099
        raise DefinitionError(
            f"Model Validation failed: string '{value}' with length={len(value)} cannot be greater than "
            f"max={float(most)} defined for {shape.name}. ({where})"
        )
    allowed = getattr(shape, "enum", [])
    if allowed and value not in allowed:
        values = ", ".join(allowed)
        raise DefinitionError(
            f"Model Validation failed: Value '{value}' for '{shape.name}' failed to satisfy enum value set: "
            f"[{values}] ({where})"
        )
