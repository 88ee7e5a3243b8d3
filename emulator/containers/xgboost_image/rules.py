"""Rules for hyperparameters' values, which come as text: each returns the value, or raises ValueError that says it."""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable
from typing import Any

Rule = Callable[[str], Any]


def integer(interval: str) -> Rule:
    """A whole number within an interval written as in mathematics, such as "[0, ∞)" or "(0, 1]"."""
    return _within(int, "an integer", interval)


def number(interval: str) -> Rule:
    """A finite number within an interval."""
    return _within(float, "a number", interval)


def _within(parse: Callable[[str], float], kind: str, interval: str) -> Rule:
    lower, upper = _bounds(interval)

    def rule(text: str) -> float:
        try:
            value = parse(text)
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and lower(value) and upper(value)):
            raise ValueError(f"must be {kind} in {interval}")
        return value

    return rule


def _bounds(interval: str) -> tuple[Callable[[float], bool], Callable[[float], bool]]:
    parts = re.fullmatch(r"([\[(])(.+), (.+)([\])])", interval)
    if parts is None:
        raise TypeError(f"not an interval: {interval}")
    opening, closing = parts[1], parts[4]
    low, high = (float(end.replace("∞", "inf")) for end in parts.group(2, 3))
    return (
        lambda value: value > low or (opening == "[" and value == low),
        lambda value: value < high or (closing == "]" and value == high),
    )


def one_of(*values: str) -> Rule:
    def rule(text: str) -> str:
        if text not in values:
            raise ValueError(f"must be one of {', '.join(values)}")
        return text

    return rule


def list_of(item: Rule) -> Rule:
    """Values separated by commas, each after a rule of its own."""
    return lambda text: [item(part.strip()) for part in text.split(",")]


def literal(kind: str, holds: Callable[[Any], bool]) -> Rule:
    """A Python literal, such as "(1, -1)", that the check holds for; the text itself is the value."""

    def rule(text: str) -> str:
        try:
            valid = holds(ast.literal_eval(text))
        except (ValueError, SyntaxError, TypeError):
            valid = False
        if not valid:
            raise ValueError(f"must be {kind}")
        return text

    return rule
