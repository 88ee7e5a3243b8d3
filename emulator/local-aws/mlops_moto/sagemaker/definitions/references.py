"""What expressions of a definition refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from .arguments import FAMILIES
from .definition_error import DefinitionError
from .operations import properties_of

# https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-properties.html
_EXECUTION = {
    "PipelineArn",
    "PipelineExecutionArn",
    "PipelineExecutionId",
    "PipelineName",
    "RoleArn",
    "StartDateTime",
    "CurrentDateTime",
    "CurrentDateTimeUtc",
}
_KEYS = re.compile(r"\['([^']*)'\]|\[\"([^\"]*)\"\]|\[(\d+)\]|([^.\[\]]+)")

# What checks give beside their job. https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html
_CHECK_PROPERTIES = {
    "CalculatedBaselineConstraints",
    "CalculatedBaselineStatistics",
    "BaselineUsedForDriftCheckConstraints",
    "BaselineUsedForDriftCheckStatistics",
}


class References:
    """The parameters and steps of one definition."""

    def __init__(self, parameters: Mapping[str, str], steps: Mapping[str, dict[str, Any]]) -> None:
        self._parameters = parameters
        self._steps = steps

    def type_of(self, expression: dict[str, Any], where: str) -> str | None:
        """raises DefinitionError: where it refers to nothing"""
        (kind, content), *_ = expression.items()
        if kind == "Std:Join":
            for value in _expressions(content.get("Values", [])):
                self.type_of(value, where)
            return "String"
        if kind == "Std:JsonGet":
            return self._property_file(content, where)
        return self._get(str(content), where)

    def _get(self, path: str, where: str) -> str | None:
        keys = [next(key for key in match if key) for match in _KEYS.findall(path)]
        root, *rest = keys or [""]
        if root == "Parameters" and len(rest) == 1 and rest[0] in self._parameters:
            return self._parameters[rest[0]]
        if root == "Execution" and len(rest) == 1 and rest[0] in _EXECUTION:
            return "String"
        if root == "Steps" and rest and rest[0] in self._steps:
            return self._property(self._steps[rest[0]], rest[1:], path, where)
        raise DefinitionError(f"Unknown reference '{path}' ({where})")

    def _property(self, step: dict[str, Any], keys: list[str], path: str, where: str) -> str | None:
        kind = step["Type"]
        if kind in ("Lambda", "Callback"):
            outputs = {each["OutputName"]: each["OutputType"] for each in step.get("OutputParameters") or []}
            if len(keys) == 2 and keys[0] == "OutputParameters" and keys[1] in outputs:
                return str(outputs[keys[1]])
            raise DefinitionError(f"Unknown reference '{path}' ({where})")
        if kind in ("QualityCheck", "ClarifyCheck") and keys and keys[0] in _CHECK_PROPERTIES:
            return "String"
        shape = properties_of(kind)
        return None if shape is None else _walk(shape, keys, path, where)

    def _property_file(self, content: dict[str, Any], where: str) -> None:
        """https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-propertyfile.html"""
        file = content.get("PropertyFile")
        path = str(file.get("Get", "")) if isinstance(file, dict) else ""
        match = re.fullmatch(r"Steps\.([\w-]+)\.PropertyFiles\.([\w-]+)", path)
        step = self._steps.get(match[1]) if match else None
        names = [each.get("PropertyFileName") for each in (step or {}).get("PropertyFiles") or []]
        if not match or match[2] not in names:
            raise DefinitionError(f"Unknown property file '{path}' ({where})")


def _walk(shape: Shape, keys: list[str], path: str, where: str) -> str | None:
    for key in keys:
        if isinstance(shape, StructureShape) and key in shape.members:
            shape = shape.members[key]
        elif isinstance(shape, MapShape):
            shape = shape.value
        elif isinstance(shape, ListShape):
            shape = shape.member
        else:
            raise DefinitionError(f"Unknown reference '{path}' ({where})")
    return FAMILIES.get(shape.type_name)


def _expressions(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _expressions(each)
    elif isinstance(value, dict) and len(value) == 1 and next(iter(value)) in ("Get", "Std:Join", "Std:JsonGet"):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _expressions(each)


def expressions_in(value: object) -> Iterator[dict[str, Any]]:
    """Every expression in a value, whatever its shape."""
    return _expressions(value)
