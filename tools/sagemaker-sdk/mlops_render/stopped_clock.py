"""
The SDK puts the time, and ids that it draws, into names of jobs and of what it uploads. They would make another
definition of the same pipeline each time, so the SDK gets a clock that stands and ids that repeat; a pipeline's own
code does not.
"""

from __future__ import annotations

import sys
import time
import uuid

from .standing import Standing


def stop() -> None:
    """In every module of the SDK that is loaded by now."""
    nobody = uuid.UUID(int=0)
    clock = Standing(time, time=lambda: 0.0, strftime=lambda form, *_: time.strftime(form, time.gmtime(0)))
    ids = Standing(uuid, uuid4=lambda: nobody, uuid1=lambda: nobody)
    for name, module in list(sys.modules.items()):
        if name != "sagemaker" and not name.startswith("sagemaker."):
            continue
        for attribute, (real, standing) in {"time": (time, clock), "uuid": (uuid, ids)}.items():
            if getattr(module, "__dict__", {}).get(attribute) is real:
                setattr(module, attribute, standing)
