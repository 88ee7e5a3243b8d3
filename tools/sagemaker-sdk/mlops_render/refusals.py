"""What rendering does not do: every try is remembered, and ends it."""

from __future__ import annotations

import threading

tries: list[str] = []


class RefusedError(BaseException):
    """Not an Exception, so that `except Exception` in a pipeline does not carry on without an answer."""


def refuse(message: str) -> BaseException:
    """Remembers a try. In a thread of somebody's pool only an Exception reaches whoever waits for it."""
    tries.append(message)
    main = threading.current_thread() is threading.main_thread()
    return RefusedError(message) if main else RuntimeError(message)
