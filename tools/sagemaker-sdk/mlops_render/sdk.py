"""The SDK that is installed, version 2 or 3. The latter has in a package of its own what both have."""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Iterator
from types import ModuleType
from typing import Any

_builders_folder = "/tmp/sagemaker/"


def module(part: str) -> ModuleType:
    """A module that both have, by its name within the SDK."""
    try:
        return importlib.import_module(f"sagemaker.core.{part}")
    except ModuleNotFoundError as error:
        if error.name != "sagemaker.core":
            raise
        return importlib.import_module(f"sagemaker.{part}")


def loaded() -> Iterator[ModuleType]:
    """The SDK's modules that are loaded by now."""
    for name, each in list(sys.modules.items()):
        if name == "sagemaker" or name.startswith("sagemaker."):
            yield each


def work_in_temporary_folder() -> None:
    """Builders of SDK 3 have a folder of their own, beside those of tempfile's, which may be another user's."""
    builder = getattr(sys.modules.get("sagemaker.serve.model_builder"), "ModelBuilder", None)
    if builder is None or getattr(builder.__post_init__, "moved", False):
        return
    begin = builder.__post_init__

    def begin_moved(self: Any) -> None:
        if str(self.model_path).startswith(_builders_folder):
            self.model_path = f"{tempfile.gettempdir()}/{self.model_path.removeprefix(_builders_folder)}"
        begin(self)

    begin_moved.moved = True  # type: ignore[attr-defined]
    builder.__post_init__ = begin_moved
