"""Conditions that compare what cannot be compared, as far as the definition tells of what type it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .arguments import TypeOf, is_expression
from .layout import PlacedStep
from .supported import Unsupported

_NUMBERS = ("Integer", "Float")


def look_at_comparisons(step: PlacedStep, type_of: TypeOf, unsupported: Unsupported) -> None:
    """Those at which the runner would fail the condition, when what it waits for is done."""
    name = step.definition["Name"]
    for condition in _comparisons(step.definition["Arguments"]["Conditions"]):
        left, right = (_type(condition[side], type_of, name) for side in ("LeftValue", "RightValue"))
        if left and right and left != right and not {left, right} <= set(_NUMBERS):
            unsupported.add(name, f"step {name}: {condition['Type']} cannot compare {left} and {right}")


def _comparisons(conditions: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for condition in conditions:
        if "LeftValue" in condition:
            yield condition
        yield from _comparisons(condition.get("Conditions", []))
        yield from _comparisons([condition["Condition"]] if "Condition" in condition else [])


def _type(value: object, type_of: TypeOf, where: str) -> str | None:
    if isinstance(value, dict) and is_expression(value):
        return type_of(value, where)
    kinds = {bool: "Boolean", int: "Integer", float: "Float", str: "String"}
    return kinds.get(type(value))
