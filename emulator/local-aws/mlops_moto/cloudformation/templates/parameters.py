"""
Values of a template's parameters, with their defaults and constraints.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from .errors import TemplateError
from .functions import as_text

Declared = Mapping[str, Any]

_LISTS = {"CommaDelimitedList", "List<Number>"}
TYPES = _LISTS | {"Number", "String"}
_OF_AWS = re.compile(r"(List<)?AWS::(?!SSM::)[A-Za-z0-9:]+>?")
"""Types such as `AWS::IAM::Role::Arn`, whose values CloudFormation looks up; here they are texts."""


def problem_with(name: str, declared: Any) -> str | None:
    """What is wrong with a declaration."""
    if not isinstance(declared, dict) or "Type" not in declared:
        return f"Template format error: Every Parameters object must contain a Type member: {name}"
    unknown = sorted(set(declared) - _MEMBERS)
    if unknown:
        return f"Template format error: Invalid template parameter property '{unknown[0]}' of {name}"
    if declared["Type"] not in TYPES and not _OF_AWS.fullmatch(str(declared["Type"])):
        return f"Template format error: Unrecognized parameter type: {declared['Type']}"
    return None


def values_of(declared: Mapping[str, Declared], given: Mapping[str, str]) -> dict[str, str]:
    """
    As text, by name.

    raises TemplateError: for what is missing, unknown, or not within its constraints; all of a kind at once
    """
    unknown = [name for name in given if name not in declared]
    if unknown:
        raise TemplateError(f"Parameters: [{', '.join(unknown)}] do not exist in the template")
    values = {name: given.get(name, _default(each)) for name, each in declared.items()}
    missing = [name for name, value in values.items() if value is None]
    if missing:
        raise TemplateError(f"Parameters: [{', '.join(missing)}] must have values")
    told = {name: str(value) for name, value in values.items()}
    wrong = [wrong for name, each in declared.items() if (wrong := _violation(name, each, told[name]))]
    if wrong:
        raise TemplateError("; ".join(wrong))
    return told


def typed(declared: Declared, value: str) -> Any:
    """As `Ref` gives it."""
    is_list = declared["Type"] in _LISTS or str(declared["Type"]).startswith("List<")
    return [part.strip() for part in value.split(",")] if is_list else value


def _default(declared: Declared) -> str | None:
    return as_text(declared["Default"]) if "Default" in declared else None


def _violation(name: str, declared: Declared, value: str) -> str | None:
    for part in typed(declared, value) if isinstance(typed(declared, value), list) else [value]:
        for member, broken in _CONSTRAINTS.items():
            if member in declared and broken(declared[member], part):
                return f"Parameter '{name}' {_told(member, declared)}"
    if "Number" in str(declared["Type"]) and not all(map(_is_number, value.split(","))):
        return f"Parameter '{name}' must be a number."
    return None


def _told(member: str, declared: Declared) -> str:
    if "ConstraintDescription" in declared:
        return f"failed to satisfy constraint: {declared['ConstraintDescription']}"
    limit = declared[member]
    if member == "AllowedValues":
        return f"must be one of AllowedValues: [{', '.join(map(as_text, limit))}]"
    if member == "AllowedPattern":
        return f"must match pattern {limit}"
    kind = "characters" if member.endswith("Length") else "value"
    bound = "at least" if member.startswith("Min") else "at most"
    return f"must contain {bound} {limit} characters" if kind == "characters" else f"must be {bound} {limit}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


_CONSTRAINTS: Mapping[str, Callable[[Any, str], bool]] = {
    "AllowedPattern": lambda pattern, value: not re.fullmatch(str(pattern), value),
    "AllowedValues": lambda allowed, value: value not in map(as_text, allowed),
    "MaxLength": lambda limit, value: len(value) > int(limit),
    "MinLength": lambda limit, value: len(value) < int(limit),
    "MaxValue": lambda limit, value: _is_number(value) and float(value) > float(limit),
    "MinValue": lambda limit, value: _is_number(value) and float(value) < float(limit),
}
_MEMBERS = {*_CONSTRAINTS, "ConstraintDescription", "Default", "Description", "NoEcho", "Type"}
