"""SNS: topics as targets of EventBridge's rules."""

from .event_target import publish

__all__ = ["publish"]
