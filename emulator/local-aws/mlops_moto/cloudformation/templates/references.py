"""What a value of a template refers to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_IN_SUB = re.compile(r"\$\{([^!}][^}]*)\}")


@dataclass(frozen=True)
class Reference:
    """`attribute` is None for what `Ref` gives."""

    name: str
    attribute: str | None = None


def function_of(value: Any) -> tuple[str, Any] | None:
    """Name and argument, where a value is a call of a function."""
    if isinstance(value, dict) and len(value) == 1:
        ((name, argument),) = value.items()
        if name == "Ref" or name.startswith("Fn::"):
            return name, argument
    return None


def functions_in(value: Any) -> Iterator[tuple[str, Any]]:
    """Calls, outer ones first."""
    called = function_of(value)
    if called:
        yield called
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from functions_in(part)


def references_in(value: Any) -> Iterator[Reference]:
    for name, argument in functions_in(value):
        if name == "Ref":
            yield Reference(str(argument))
        elif name == "Fn::GetAtt":
            yield attribute_of(argument)
        elif name == "Fn::Sub":
            yield from _in_sub(argument)


def attribute_of(argument: Any) -> Reference:
    """Of `["Role", "Arn"]`, or `"Role.Arn"`."""
    parts = argument.split(".", 1) if isinstance(argument, str) else argument
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(parts[0], str):
        return Reference(str(argument), "")
    return Reference(parts[0], parts[1] if isinstance(parts[1], str) else "")


def parts_of_sub(argument: Any) -> tuple[str, dict[str, Any]]:
    """The text of `Fn::Sub`, and values of its own."""
    if isinstance(argument, list) and len(argument) == 2 and isinstance(argument[1], dict):
        return str(argument[0]), argument[1]
    return str(argument), {}


def named_in(text: str) -> list[str]:
    """Variables in a text of `Fn::Sub`, but for `${!Literal}`."""
    return [name.strip() for name in _IN_SUB.findall(text)]


def _in_sub(argument: Any) -> Iterator[Reference]:
    text, own = parts_of_sub(argument)
    for name in named_in(text):
        if name not in own:
            yield attribute_of(name) if "." in name else Reference(name)


def variables() -> re.Pattern[str]:
    return _IN_SUB
