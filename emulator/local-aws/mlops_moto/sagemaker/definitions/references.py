"""What expressions of a definition refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from .arguments import FAMILIES, is_expression
from .definition_error import AssignmentError, DefinitionError
from .operations import properties_of
from .supported import VARIABLES, Unsupported, has_property

# `workflow/execution_variables.py` of the SageMaker Python SDK.
_EXECUTION = {
    "CurrentDateTime",
    "PipelineArn",
    "PipelineExecutionArn",
    "PipelineExecutionId",
    "PipelineName",
    "ProcessingJobName",
    "StartDateTime",
    "TrainingJobName",
}
# Types of properties that are no value.
_COMPOUND = ("List", "Object")
_KEYS = re.compile(r"\['([^']*)'\]|\[\"([^\"]*)\"\]|\[(\d+)\]|([^.\[\]]+)")

# Of kinds that no job describes, as the SDK's `properties` of each have them; None where only the execution tells.
# https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-steps-types.html
_BASELINES = ("CalculatedBaselineConstraints", "BaselineUsedForDriftCheckConstraints")
_OWN_PROPERTIES: dict[str, dict[str, str | None]] = {
    "ClarifyCheck": dict.fromkeys(_BASELINES, "String"),
    "Condition": {"Outcome": None},
    "Fail": {},
    "QualityCheck": {
        **dict.fromkeys(_BASELINES, "String"),
        "CalculatedBaselineStatistics": "String",
        "BaselineUsedForDriftCheckStatistics": "String",
    },
}


class References:
    """The parameters and steps of one definition."""

    def __init__(
        self, parameters: Mapping[str, str], steps: Mapping[str, dict[str, Any]], unsupported: Unsupported
    ) -> None:
        self._parameters = parameters
        self._steps = steps
        self._unsupported = unsupported

    def type_of(self, expression: dict[str, Any], where: str) -> str | None:
        """raises DefinitionError: where it refers to nothing"""
        (kind, content), *_ = expression.items()
        if kind == "Std:Join":
            for value in expressions_in(content.get("Values", [])):
                self._joined(value, where)
            return "String"
        if kind == "Std:JsonGet":
            return self._property_file(content, where)
        return self._get(str(content), where)

    def _joined(self, value: dict[str, Any], where: str) -> None:
        given = self.type_of(value, where)
        if given in _COMPOUND:
            raise AssignmentError(str(value.get("Get")), given, "String", where)

    def _get(self, path: str, where: str) -> str | None:
        keys = [next(key for key in match if key) for match in _KEYS.findall(path)]
        root, *rest = keys or [""]
        if root == "Parameters" and len(rest) == 1 and rest[0] in self._parameters:
            return self._parameters[rest[0]]
        if root == "Execution" and len(rest) == 1 and rest[0] in _EXECUTION:
            if rest[0] not in VARIABLES:
                self._unsupported.add(where, f"the runner has no variable '{path}' ({where})")
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
        if kind in _OWN_PROPERTIES:
            if len(keys) != 1 or keys[0] not in _OWN_PROPERTIES[kind]:
                raise DefinitionError(f"Unknown reference '{path}' ({where})")
            return _OWN_PROPERTIES[kind][keys[0]]
        shape = properties_of(kind, keys[0] if keys else "")
        if shape is None:
            return None
        found = _walk(shape, keys, path, where)
        if not has_property(step, keys):
            told = f"the runner has nothing for '{path}': the step's request does not set it ({where})"
            self._unsupported.add(where, told)
        return found

    def _property_file(self, content: dict[str, Any], where: str) -> None:
        """https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-propertyfile.html"""
        if not isinstance(content.get("Path"), str):
            raise DefinitionError(f"Missing required member 'Path' ({where})")
        if content.get("S3Uri") is not None:
            for expression in expressions_in(content["S3Uri"]):
                self.type_of(expression, where)
            return
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
    return FAMILIES.get(shape.type_name, "List" if isinstance(shape, ListShape) else "Object")


def expressions_in(value: object) -> Iterator[dict[str, Any]]:
    """Every expression in a value, whatever its shape."""
    if isinstance(value, list):
        for each in value:
            yield from expressions_in(each)
    elif isinstance(value, dict) and is_expression(value):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from expressions_in(each)
