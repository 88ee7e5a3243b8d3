"""Lambda: settings of functions that moto forgets, and functions as targets of EventBridge's rules."""

from .configuration import install
from .event_target import call_function

__all__ = ["call_function", "install"]
