"""CloudWatch: alarms on queues."""

from .queue_alarms import install

__all__ = ["install"]
