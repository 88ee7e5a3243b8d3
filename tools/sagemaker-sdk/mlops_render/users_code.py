"""A model's own Python: loaded anew each time, and what goes wrong in it told by file and line."""

from __future__ import annotations

import importlib.util
import os
import sys
import traceback
from types import ModuleType
from typing import Any


def load(folder: str, file: str) -> ModuleType:
    """The file as the module `pipeline`, and whatever of its folder it imports, as if for the first time."""
    for name, module in list(sys.modules.items()):
        if str(getattr(module, "__file__", None) or "").startswith(folder + os.sep):
            del sys.modules[name]
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location("pipeline", os.path.join(folder, file))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["pipeline"] = module
    spec.loader.exec_module(module)
    return module


def place_of(error: BaseException, folder: str) -> dict[str, Any]:
    """Where in the folder it went wrong: the innermost line that is the user's."""
    if isinstance(error, SyntaxError) and str(error.filename or "").startswith(folder + os.sep):
        return {"file": error.filename, "line": error.lineno}
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folder + os.sep)
    ]
    return {"file": frames[-1].filename, "line": frames[-1].lineno} if frames else {}


def told(error: BaseException, sdk: str) -> str:
    """What went wrong, in a line."""
    if isinstance(error, ModuleNotFoundError) and error.name is not None:
        if error.name.startswith("sagemaker"):
            return f"there is no {error.name} in SageMaker Python SDK {sdk}, which the model names"
        return f"there is no package {error.name}: there are SageMaker Python SDK {sdk} and what it brings along"
    if isinstance(error, SystemExit):
        return "it ends Python (SystemExit)"
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    name = "" if type(error).__name__ == "RefusedError" else f"{type(error).__name__}: "
    return f"{name}{error}"
