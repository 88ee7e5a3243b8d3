"""Messages that EventBridge puts into queues: events for targets, and dead letters."""

from collections.abc import Mapping

from moto.sqs.models import Queue, sqs_backends
from moto.utilities.arns import parse_arn

from ..iam.identities import find_role
from .errors import no_resource
from .permissions import Source, find_key, require, require_granted, require_key


def send_to_queue(
    queue_arn: str,
    body: str,
    source: Source,
    *,
    attributes: Mapping[str, str] | None = None,
    group: str | None = None,
) -> None:
    """raises DeliveryError: where the queue is missing, or its policy or key does not let EventBridge in"""
    queue = _find(queue_arn)
    require(queue.policy or None, "sqs:SendMessage", queue_arn, source.context)
    key = _key_of(queue)
    if key:
        require_key(key, source, source.context)
    _send(queue_arn, body, attributes, group)


def send_as_role(queue_arn: str, body: str, role_arn: str, attributes: Mapping[str, str]) -> None:
    """raises DeliveryError: where the queue is missing, or the role may not send to it or use its key"""
    queue, place = _find(queue_arn), parse_arn(queue_arn)
    role = find_role(role_arn, place.account)
    if role is None:
        raise no_resource(f"role {role_arn} does not exist")
    require_granted(role, "sqs:SendMessage", queue_arn)
    alias = _key_of(queue)
    if alias:
        key = find_key(alias, place.account, place.region)
        via = f"sqs.{place.region}.amazonaws.com"
        for action in ("kms:GenerateDataKey", "kms:Decrypt"):
            require_granted(role, action, key.arn, {"kms:ResourceAliases": alias, "kms:ViaService": via})
    _send(queue_arn, body, attributes)


def _find(queue_arn: str) -> Queue:
    place = parse_arn(queue_arn)
    queue: Queue | None = sqs_backends[place.account][place.region].queues.get(place.resource_id)
    if queue is None:
        raise no_resource(f"queue {queue_arn} does not exist")
    return queue


def _key_of(queue: Queue) -> str | None:
    return getattr(queue, "kms_master_key_id", None)


def _send(queue_arn: str, body: str, attributes: Mapping[str, str] | None, group: str | None = None) -> None:
    place = parse_arn(queue_arn)
    typed = {name: {"DataType": "String", "StringValue": value} for name, value in (attributes or {}).items()}
    backend = sqs_backends[place.account][place.region]
    backend.send_message(place.resource_id, body, message_attributes=typed or None, group_id=group)
