"""Functions that EventBridge calls."""

from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaFunction, lambda_backends
from moto.utilities.arns import parse_arn

from ..events.delivery import Delivery
from ..events.errors import no_resource
from ..events.permissions import require
from .queue import put


def call_function(delivery: Delivery) -> None:
    """The event is delivered once it is in the function's queue, as with Lambda."""
    event, source = delivery.input(), delivery.source
    place = parse_arn(delivery.arn)
    try:
        function: LambdaFunction = lambda_backends[place.account][place.region].get_function(delivery.arn)
    except LambdaClientError as error:
        raise no_resource(f"function {delivery.arn} does not exist") from error
    require(_policy(function), "lambda:InvokeFunction", delivery.arn, source.context)
    put(function, event)


def _policy(function: LambdaFunction) -> dict[str, Any]:
    return {"Statement": function.policy.statements}
