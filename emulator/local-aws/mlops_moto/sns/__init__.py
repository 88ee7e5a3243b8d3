"""SNS: topics as targets of EventBridge's rules, and subscriptions that wait for their confirmation."""

from .event_target import publish
from .subscriptions import install

__all__ = ["install", "publish"]
