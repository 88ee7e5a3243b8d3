"""SQS: queues as targets of EventBridge's rules."""

from .event_target import send_message

__all__ = ["send_message"]
