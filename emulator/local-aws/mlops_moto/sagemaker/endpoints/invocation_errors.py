"""What is wrong with an invocation, in the words of AWS's errors."""

import json
from collections.abc import Mapping

from moto.core.utils import get_service_model
from werkzeug.wrappers import Response

from ..request_constraints import fault_in


class InvocationError(Exception):
    def __init__(self, status: int, code: str, message: str, **more: object) -> None:
        super().__init__(message)
        self.response = Response(
            json.dumps({"Message": message, **more}),
            status,
            {"x-amzn-ErrorType": code},
            content_type="application/json",
        )


def validation_error(message: str) -> InvocationError:
    return InvocationError(400, "ValidationError", message)


def parameters_of(operation: str, headers: Mapping[str, str]) -> dict[str, str]:
    """
    What the headers of a request say.

    raises InvocationError: for what is not as the service's model has it
    """
    shape = get_service_model("sagemaker-runtime").operation_model(operation).input_shape
    members = {name: each for name, each in shape.members.items() if each.serialization.get("location") == "header"}
    given = {
        name: headers[each.serialization["name"]]
        for name, each in members.items()
        if each.serialization["name"] in headers
    }
    if "InputLocation" not in given:
        raise validation_error(
            "1 validation error detected: Value null at 'inputLocation' failed to satisfy constraint"
        )
    numbers = {
        name: int(given[name]) for name, each in members.items() if each.type_name == "integer" and name in given
    }
    fault = fault_in({"EndpointName": "checked", **given, **numbers}, shape)
    if fault:
        raise validation_error(fault)
    return given
