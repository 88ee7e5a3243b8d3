"""
Parameters that StartPipelineExecution refuses. What it says of an empty one is known from an execution on AWS
(https://github.com/aws/sagemaker-python-sdk/issues/4016) and is how a validator of JSON Schema words it, from whom the
words for a value outside an enum are as well; the others are those of AWS's SDK when it runs a pipeline itself
(`local/entities.py` of the SageMaker Python SDK 2.257.7).
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

from moto.sagemaker.exceptions import ValidationError

# The largest whole number that JSON carries everywhere.
_LARGEST = 2**53 - 1
_FLOAT = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.IGNORECASE)


def check_parameters(definition: str, given: list[dict[str, str]]) -> None:
    """raises ValidationError: for the first that is not declared, not of its type, or without a value"""
    declared = {each["Name"]: each for each in json.loads(definition).get("Parameters") or []}
    for each in given:
        if each["Name"] not in declared:
            raise ValidationError(f"Unknown parameter '{each['Name']}'")
        _check(declared[each["Name"]], each["Value"])
    names = {each["Name"] for each in given}
    for name, parameter in declared.items():
        if parameter.get("DefaultValue") is None and name not in names:
            raise ValidationError(f"Parameter '{name}' is undefined.")


def _check(parameter: Mapping[str, Any], value: str) -> None:
    if value == "":
        raise ValidationError(f'[string "" is too short (length: 0, required minimum: 1)] ({parameter["Name"]})')
    if not _is_of(parameter["Type"], value):
        raise ValidationError(
            f"Unexpected type for parameter '{parameter['Name']}'. Expected {parameter['Type']} but found '{value}'."
        )
    possible = parameter.get("EnumValues")
    if possible and value not in possible:
        raise ValidationError(
            f'[instance value ("{value}") not found in enum (possible values: {json.dumps(possible)})]'
            f" ({parameter['Name']})"
        )


def _is_of(kind: str, value: str) -> bool:
    if kind == "Integer":
        return bool(re.fullmatch(r"[+-]?\d+", value)) and abs(int(value)) <= _LARGEST
    if kind == "Float":
        return bool(_FLOAT.fullmatch(value)) and math.isfinite(float(value))
    return kind != "Boolean" or value.lower() in ("true", "false")
