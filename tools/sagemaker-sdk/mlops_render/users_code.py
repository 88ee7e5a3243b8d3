"""A model's own Python: loaded anew each time, and what goes wrong in it told by file and line."""

from __future__ import annotations

import importlib.util
import os
import re
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
    missing = _missing_in_sdk(error)
    if missing is not None:
        return f"there is no {missing} in SageMaker Python SDK {sdk}, which the model names"
    if isinstance(error, ModuleNotFoundError) and error.name is not None:
        return f"there is no package {error.name}: there are SageMaker Python SDK {sdk} and what it renders with"
    if isinstance(error, SystemExit):
        return "it ends Python (SystemExit)"
    if isinstance(error, SyntaxError):
        return f"{type(error).__name__}: {error.msg}"
    name = "" if type(error).__name__ == "RefusedError" else f"{type(error).__name__}: "
    return f"{name}{error}"


def _missing_in_sdk(error: BaseException) -> str | None:
    """What the SDK has not, as when code is written for its other version: a module, or a name in one."""
    found = None
    if isinstance(error, ModuleNotFoundError):
        found = error.name
    elif isinstance(error, ImportError):
        # Python 3.12 is the first to say the name by itself.
        words = re.match(r"cannot import name '(\w+)' from '([\w.]+)'", error.msg)
        found = words and f"{words[2]}.{words[1]}"
    elif isinstance(error, AttributeError) and isinstance(error.obj, ModuleType):
        found = f"{error.obj.__name__}.{error.name}"
    return found if found is not None and found.startswith("sagemaker.") else None
