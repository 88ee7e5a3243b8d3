"""SNS: topics as targets of EventBridge's rules, topics asked for twice, and subscriptions that wait for their confirmation."""

from . import subscriptions, topics
from .event_target import publish

__all__ = ["install", "publish"]


def install() -> None:
    subscriptions.install()
    topics.install()
