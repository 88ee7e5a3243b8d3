"""
Custom resources: a function is asked to make, change or delete something, and answers at an address that it is given.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
"""

import json
from collections.abc import Mapping
from typing import Any

from moto.utilities.arns import parse_arn

from ..answers import InvalidAnswerError, Question
from ..templates.functions import as_text
from .kind import Kind, Made, ResourceError, Work

_LONGEST_TIME = 60 * 60
"""Seconds that CloudFormation waits unless the resource says less."""


class Custom(Kind):
    def __init__(self) -> None:
        self.type = "AWS::CloudFormation::CustomResource"
        self._asked: dict[str, Question] = {}
        """Of creations, by physical id."""

    def create(self, work: Work) -> Made:
        made = Made(work.name(255))
        self._asked[made.id] = _ask(work, "Create")
        return made

    def settle(self, work: Work, made: Made) -> Made:
        return _answer(self._asked.pop(made.id), work, made, named=False)

    def update(self, work: Work, made: Made, before: Work) -> Made:
        if work.properties["ServiceToken"] != before.properties["ServiceToken"]:
            raise ResourceError("Modifying service token is not allowed.")
        old = {"PhysicalResourceId": made.id, "OldResourceProperties": _texts(before.properties)}
        return _answer(_ask(work, "Update", **old), work, made)

    def delete(self, work: Work, made: Made) -> None:
        _answer(_ask(work, "Delete", PhysicalResourceId=made.id), work, made)


def timeout_problem(properties: Mapping[str, Any]) -> str | None:
    """What is wrong with ServiceToken or ServiceTimeout."""
    token, timeout = str(properties.get("ServiceToken", "")), str(properties.get("ServiceTimeout", "1"))
    if not timeout.isdecimal() or not 1 <= int(timeout) <= _LONGEST_TIME:
        return f"Property ServiceTimeout must be 1 to {_LONGEST_TIME} seconds, got: {timeout}"
    if not token:
        return "Value of property ServiceToken must be a non-empty string"
    try:
        service = parse_arn(token).service
    except (ValueError, IndexError):
        return f"Invalid service token: {token}"
    return None if service == "lambda" else f"Local AWS asks functions alone, not {service}: {token}"


def _ask(work: Work, kind: str, **more: Any) -> Question:
    question = Question(work.stack, work.logical_id)
    event = {
        "RequestType": kind,
        "ServiceToken": work.properties["ServiceToken"],
        "ResponseURL": question.url,
        "StackId": work.stack,
        "RequestId": question.request,
        "LogicalResourceId": work.logical_id,
        "ResourceType": work.type,
        "ResourceProperties": _texts(work.properties),
        **more,
    }
    function = str(work.properties["ServiceToken"])
    try:
        work.clients.of("lambda").invoke(FunctionName=function, InvocationType="Event", Payload=json.dumps(event))
    except Exception:
        question.close()
        raise
    return question


def _answer(question: Question, work: Work, made: Made, *, named: bool = True) -> Made:
    """named: the resource has an id already, which an answer need not repeat"""
    try:
        told = question.wait(float(work.properties.get("ServiceTimeout", _LONGEST_TIME)))
    except InvalidAnswerError as error:
        raise ResourceError(str(error)) from error
    if told is None:
        raise ResourceError(
            "CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId "
            f"[{question.request}]. If you are using the Python cfn-response module, you may need to update your "
            "Lambda function code so that CloudFormation can attach the updated version."
        )
    name = told.get("PhysicalResourceId") or (made.id if named else "")
    found = Made(str(name or made.id), told.get("Data") or {})
    if told["Status"] == "FAILED":
        reason = told.get("Reason") or "See the function's log"
        said = f"Received response status [FAILED] from custom resource. Message returned: {reason}"
        raise ResourceError(f"{said} (RequestId: {question.request})", None if named else found)
    if not name:
        raise ResourceError("Invalid PhysicalResourceId")
    return found


def _texts(value: Any) -> Any:
    """CloudFormation tells functions of texts alone."""
    if isinstance(value, Mapping):
        return {name: _texts(part) for name, part in value.items()}
    return [_texts(part) for part in value] if isinstance(value, list) else as_text(value)
