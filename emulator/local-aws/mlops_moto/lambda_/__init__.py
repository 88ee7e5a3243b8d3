"""Lambda: settings that moto forgets, calls of functions, and functions as targets of EventBridge's rules."""

from . import configuration, event_invoke
from .event_target import call_function

__all__ = ["call_function", "install"]


def install() -> None:
    configuration.install()
    event_invoke.install()
