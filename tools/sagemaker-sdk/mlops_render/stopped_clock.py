"""
The SDK puts the time, and ids that it draws, into names of jobs and of what it uploads. They would make another
definition of the same pipeline each time, so the SDK gets a clock that stands and ids that repeat; a pipeline's own
code does not.
"""

from __future__ import annotations

import time
import uuid
from datetime import datetime, timezone, tzinfo
from typing import Any

from . import sdk
from .standing import Standing


class _Instants(type):
    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, datetime)


class _StandingDatetime(datetime, metaclass=_Instants):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.fromtimestamp(0, tz or timezone.utc).replace(tzinfo=tz)


def stop() -> None:
    """In every module of the SDK that is loaded by now."""
    nobody = uuid.UUID(int=0)
    clock = Standing(time, time=lambda: 0.0, strftime=lambda form, *_: time.strftime(form, time.gmtime(0)))
    ids = Standing(uuid, uuid4=lambda: nobody, uuid1=lambda: nobody)
    others = {"time": (time, clock), "uuid": (uuid, ids), "datetime": (datetime, _StandingDatetime)}
    for module in sdk.loaded():
        for attribute, (real, standing) in others.items():
            if getattr(module, "__dict__", {}).get(attribute) is real:
                setattr(module, attribute, standing)
