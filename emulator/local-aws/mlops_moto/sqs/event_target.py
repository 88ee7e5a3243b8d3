"""Queues that EventBridge sends to."""

from ..events.delivery import Delivery
from ..events.queues import send_to_queue


def send_message(delivery: Delivery) -> None:
    group = (delivery.target.get("SqsParameters") or {}).get("MessageGroupId")
    send_to_queue(delivery.arn, delivery.input(), delivery.source, group=group)
