"""A deployed Lambda function as whoever runs it needs it: its package and settings."""

import base64
from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaFunction, lambda_backends
from moto.utilities.arns import parse_arn

from .api import ActionError, Body, required


def get_function_code(body: Body) -> dict[str, Any]:
    """
    GetFunctionCode. Time in seconds, memory in MB.

    raises ActionError: 404 where there is no such function; 400 where it is an image
    """
    function = _function(str(required(body, "functionArn")))
    code = getattr(function, "code_bytes", None)
    if not code:
        raise ActionError(400, f"{function.function_arn} has no zip archive")
    return {
        "zip": base64.b64encode(code).decode(),
        "handler": function.handler,
        "runtime": function.run_time,
        "role": function.role,
        "environment": function.environment_vars,
        "timeout": function.timeout,
        "memorySize": function.memory_size,
        "logGroup": function.get_configuration()["LoggingConfig"]["LogGroup"],
    }


def require_invocation(_body: Body) -> dict[str, str]:
    """RequireInvocation, where policies do not count: everybody may call every function."""
    return {}


def _function(arn: str) -> LambdaFunction:
    missing = ActionError(404, f"Function {arn} does not exist")
    try:
        place = parse_arn(arn)
        return lambda_backends[place.account][place.region].get_function(arn)
    except (LambdaClientError, ValueError, KeyError) as error:
        raise missing from error
