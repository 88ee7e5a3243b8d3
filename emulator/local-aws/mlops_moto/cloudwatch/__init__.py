"""CloudWatch: alarms on queues and on rules."""

from . import queue_alarms, rule_alarms

__all__ = ["install"]


def install() -> None:
    queue_alarms.install()
    rule_alarms.install()
