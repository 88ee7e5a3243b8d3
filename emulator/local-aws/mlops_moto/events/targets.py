"""
The kinds of target that EventBridge delivers to, by the service of a target's ARN. Log groups, archives and event buses
are left to moto; any other kind is refused.
"""

import copy
from collections.abc import Callable

from moto.events.models import Rule
from moto.utilities.arns import parse_arn

from .delivery import Delivery
from .errors import no_such_kind

Send = Callable[[Delivery], None]
"""Raises DeliveryError where the target does not take the event."""

TARGETS: dict[str, Send] = {}
"""Filled from `SERVICES`."""

_send_by_moto = Rule.send_to_targets


def send(delivery: Delivery) -> None:
    """raises DeliveryError: where the target does not take the event"""
    TARGETS.get(parse_arn(delivery.arn).service, _leave_to_moto)(delivery)


def _leave_to_moto(delivery: Delivery) -> None:
    single = copy.copy(delivery.rule)
    single.targets = [dict(delivery.target)]
    try:
        _send_by_moto(single, copy.deepcopy(delivery.raw))
    except NotImplementedError as error:
        raise no_such_kind(delivery.arn) from error
