"""Messages that EventBridge puts into queues: events for targets, and dead letters."""

from collections.abc import Mapping

from moto.sqs.models import sqs_backends
from moto.utilities.arns import parse_arn

from .errors import no_resource
from .permissions import Source, require, require_key


def send_to_queue(
    queue_arn: str,
    body: str,
    source: Source,
    *,
    attributes: Mapping[str, str] | None = None,
    group: str | None = None,
) -> None:
    """raises DeliveryError: where the queue is missing, or its policy or key does not let EventBridge in"""
    place = parse_arn(queue_arn)
    backend = sqs_backends[place.account][place.region]
    queue = backend.queues.get(place.resource_id)
    if queue is None:
        raise no_resource(f"queue {queue_arn} does not exist")
    require(queue.policy or None, "sqs:SendMessage", queue_arn, source.context)
    key = getattr(queue, "kms_master_key_id", None)
    if key:
        require_key(key, source, source.context)
    typed = {name: {"DataType": "String", "StringValue": value} for name, value in (attributes or {}).items()}
    backend.send_message(queue.name, body, message_attributes=typed or None, group_id=group)
