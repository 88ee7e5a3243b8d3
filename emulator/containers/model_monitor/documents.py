"""Checked reading of baseline files: JSON objects whose fields have the types they must have."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, TypeVar

from model_monitor.job import JobError

T = TypeVar("T")

_NAMES: dict[type, str] = {dict: "an object", list: "a list", str: "a text", bool: "true or false", float: "a number"}


class Node:
    """A JSON object and where it stands: `constraints.json features[2]`."""

    def __init__(self, content: Any, place: str) -> None:
        if not isinstance(content, dict):
            raise JobError(f"{place} must be an object, got: {_short(content)}")
        self.content: dict[str, Any] = content
        self.place = place

    def __contains__(self, name: str) -> bool:
        return self.content.get(name) is not None

    def get(self, name: str, kind: type[T]) -> T:
        """A field's value, numbers as float. Raises JobError where it is missing or of another type."""
        value = self.content.get(name)
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)
        if not isinstance(value, kind) or (isinstance(value, float) and not math.isfinite(value)):
            raise self.error(name, _NAMES[kind], value)
        return value

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.get(name, str)
        if value not in choices:
            raise self.error(name, " or ".join(choices), value)
        return value

    def share(self, name: str) -> float:
        value = self.get(name, float)
        if not 0 <= value <= 1:
            raise self.error(name, "between 0 and 1", value)
        return value

    def node(self, name: str) -> Node:
        """An object within; an empty one where it is missing."""
        return Node({} if name not in self else self.content[name], f"{self.place}.{name}")

    def nodes(self, name: str) -> list[Node]:
        items: list[Any] = self.get(name, list)
        return [Node(item, f"{self.place}.{name}[{index}]") for index, item in enumerate(items)]

    def merged(self, overrides: Node) -> Node:
        """This object with another's fields over its own, objects merged likewise."""
        content = dict(self.content)
        for name, value in overrides.content.items():
            if isinstance(value, dict) and isinstance(content.get(name), dict):
                value = self.node(name).merged(overrides.node(name)).content
            content[name] = value
        return Node(content, overrides.place if overrides.content else self.place)

    def error(self, name: str, rule: str, value: Any) -> JobError:
        return JobError(f"{self.place}.{name} must be {rule}, got: {_short(value)}")


def read_document(path: Path) -> Node:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise JobError(f"{path} cannot be read as JSON: {error}") from None
    return Node(content, path.name)


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
