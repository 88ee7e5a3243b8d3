"""How moto is extended: a method of one of its classes is replaced, or added."""

from collections.abc import Callable
from typing import Any


def replace(owner: type, name: str, method: Callable[..., Any] | property) -> None:
    setattr(owner, name, method)
