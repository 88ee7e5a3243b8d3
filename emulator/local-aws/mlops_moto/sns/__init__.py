"""SNS: topics as targets of EventBridge's rules or asked for twice, and subscriptions that wait to be confirmed."""

from . import subscriptions, topics
from .event_target import publish

__all__ = ["install", "publish"]


def install() -> None:
    subscriptions.install()
    topics.install()
