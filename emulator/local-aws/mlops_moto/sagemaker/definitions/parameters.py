"""The parameters that a definition declares."""

from __future__ import annotations

import math
import re
from typing import Any

from .definition_error import DefinitionError, expect_array, expect_object
from .own_keys import refuse_unknown

# https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Parameter.html
_NAME = re.compile(r"[A-Za-z0-9\-_]{1,256}")
_KEYS = ("Name", "Type", "DefaultValue", "Description", "EnumValues")
# https://github.com/aws/sagemaker-python-sdk/issues/2314
_MOST_VALUES = 16
_DEFAULTS: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
}


def declared_parameters(declared: object) -> dict[str, str]:
    """
    Types by name.
    raises DefinitionError: for a name that is none or there twice, an unknown type, or a default of another one
    """
    types: dict[str, str] = {}
    for each in expect_array(declared, "Parameters"):
        parameter: dict[str, Any] = expect_object(each, "Parameters")
        name, kind = parameter.get("Name"), parameter.get("Type")
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name in types:
            raise DefinitionError(f"Parameter names must be unique letters, digits, - and _, got: {name!r}")
        if kind not in _DEFAULTS:
            raise DefinitionError(f"Unknown type of parameter {name}: {kind!r}")
        refuse_unknown(parameter, _KEYS, f"parameter {name}")
        _default(parameter)
        types[name] = str(kind)
    return types


def _default(parameter: dict[str, Any]) -> None:
    """https://docs.aws.amazon.com/sagemaker/latest/dg/build-and-manage-parameters.html"""
    name, kind, default = (parameter.get(key) for key in ("Name", "Type", "DefaultValue"))
    possible = expect_array(parameter.get("EnumValues") or [], f"{name}.EnumValues")
    if len(possible) > _MOST_VALUES:
        raise DefinitionError(f"Parameter {name} may have {_MOST_VALUES} values, got: {len(possible)}")
    if default is None:
        return
    if not _is_default(default, str(kind)):
        raise DefinitionError(f"Default value of parameter {name} must be of type {kind}, got: {default!r}")
    if possible and default not in possible:
        raise DefinitionError(f"Default value of parameter {name} must be one of {possible}, got: {default!r}")


def _is_default(value: object, kind: str) -> bool:
    if isinstance(value, bool) and kind != "Boolean":
        return False
    return isinstance(value, _DEFAULTS[kind]) and not (isinstance(value, float) and not math.isfinite(value))
