"""Stands in for a module."""

from __future__ import annotations

from typing import Any


class Standing:
    """A module of which some functions are others."""

    def __init__(self, real: Any, **others: Any) -> None:
        self._real = real
        self.__dict__.update(others)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)
