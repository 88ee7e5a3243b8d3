"""State machines that EventBridge starts."""

import uuid

from moto.stepfunctions import responses
from moto.stepfunctions.exceptions import StateMachineDoesNotExist
from moto.utilities.arns import parse_arn

from ..events.delivery import Delivery
from ..events.errors import no_permissions, no_resource, no_such_kind
from ..events.permissions import require_role

_ACTION = "states:StartExecution"


def start_execution(delivery: Delivery) -> None:
    """Its name is made of the event's id, so that an event delivered twice starts one execution."""
    arn, source = parse_arn(delivery.arn), delivery.source
    if arn.resource_type != "stateMachine":
        raise no_such_kind(delivery.arn)
    require_role(delivery.target.get("RoleArn"), _ACTION, delivery.arn, source)
    if arn.account != source.account:
        raise no_permissions(_ACTION, delivery.arn, delivery.target["RoleArn"])
    once = uuid.uuid5(uuid.NAMESPACE_URL, f"{source.arn} {delivery.target['Id']}")
    backend = responses.get_backend(arn.account, arn.region)
    try:
        backend.start_execution(delivery.arn, f"{delivery.event['id']}_{once}", delivery.input())
    except StateMachineDoesNotExist as error:
        raise no_resource(f"state machine {delivery.arn} does not exist") from error
