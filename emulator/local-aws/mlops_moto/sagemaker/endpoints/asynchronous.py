"""
InvokeEndpointAsync: the request is read from S3, and what came of it is written there, as the execution role, which
also tells the topics. There is no queue: requests are worked on at once, whatever instances there are.
https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference.html
"""

import json
import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError
from moto.core.utils import utcnow
from werkzeug.wrappers import Response

from ...times import iso_seconds
from .log import write_log
from .serving import Fleet

_KIND = "X-Amzn-SageMaker-"
_LONGEST_INVOCATION = 900
"""Seconds, where nobody asks for another limit."""

Score = Callable[[bytes, int], bytes]
"""Of a body, within seconds; raises FailedInvocationError."""


class FailedInvocationError(Exception):
    """The message is the reason that is written down."""


@dataclass(frozen=True)
class Asked:
    """A request, with `s3://…` locations."""

    fleet: Fleet
    variant: str
    inference_id: str
    input_location: str
    output_location: str
    failure_location: str
    seconds: int


def asked(fleet: Fleet, variant: str, given: Mapping[str, str]) -> Asked:
    """given: the request's parameters, checked"""
    settings = (fleet.deployment.asynchronous or {})["OutputConfig"]
    answers = settings["S3OutputPath"].rstrip("/")
    failures = settings.get("S3FailurePath", answers).rstrip("/")
    drawn = str(uuid.uuid4())
    return Asked(
        fleet,
        variant,
        given.get("InferenceId") or str(uuid.uuid4()),
        given["InputLocation"],
        f"{answers}/{drawn}.out",
        f"{failures}/{drawn}-error.out",
        int(given.get("InvocationTimeoutSeconds") or _LONGEST_INVOCATION),
    )


def begin(request: Asked, score: Score, in_use: AbstractContextManager[None]) -> Response:
    """in_use: entered by now, and left once the request is answered"""
    threading.Thread(target=_work, args=(request, score, in_use), daemon=True).start()
    return Response(
        json.dumps({"InferenceId": request.inference_id}),
        202,
        {
            f"{_KIND}OutputLocation": request.output_location,
            f"{_KIND}FailureLocation": request.failure_location,
        },
        content_type="application/json",
    )


def _work(request: Asked, score: Score, in_use: AbstractContextManager[None]) -> None:
    with in_use:
        try:
            reason = None
            try:
                _write(request, request.output_location, score(_read(request), request.seconds))
            except FailedInvocationError as error:
                reason = str(error)
                _write(request, request.failure_location, reason.encode())
            _tell(request, reason)
        except (BotoCoreError, ClientError, FailedInvocationError) as error:
            logging.warning("%s: %s", request.fleet.deployment.endpoint, error)
            write_log(request.fleet.deployment.endpoint, request.variant, str(error))


def _read(request: Asked) -> bytes:
    bucket, key = _place(request.input_location)
    try:
        content: bytes = request.fleet.clients.of("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
        return content
    except (BotoCoreError, ClientError) as error:
        raise FailedInvocationError(f"Unable to download the request from {request.input_location}: {error}") from error


def _write(request: Asked, location: str, content: bytes) -> None:
    bucket, key = _place(location)
    key_id = (request.fleet.deployment.asynchronous or {})["OutputConfig"].get("KmsKeyId")
    encryption = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key_id} if key_id else {}
    try:
        request.fleet.clients.of("s3").put_object(Bucket=bucket, Key=key, Body=content, **encryption)
    except (BotoCoreError, ClientError) as error:
        raise FailedInvocationError(f"Unable to upload to {location}: {error}") from error


def _tell(request: Asked, reason: str | None) -> None:
    """https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-check-predictions.html"""
    topics = (request.fleet.deployment.asynchronous or {})["OutputConfig"].get("NotificationConfig") or {}
    topic = topics.get("ErrorTopic" if reason else "SuccessTopic")
    if not topic:
        return
    place = {"failureLocation": request.failure_location} if reason else {"outputLocation": request.output_location}
    message = {
        "awsRegion": topic.split(":")[3],
        "eventTime": iso_seconds(utcnow()),
        "receivedTime": iso_seconds(utcnow()),
        "invocationStatus": "Failed" if reason else "Completed",
        **({"failureReason": reason} if reason else {}),
        "requestParameters": {
            "endpointName": request.fleet.deployment.endpoint.rpartition("/")[2],
            "inputLocation": request.input_location,
        },
        "responseParameters": place,
        "inferenceId": request.inference_id,
        "eventVersion": "1.0",
        "eventSource": "aws:sagemaker",
        "eventName": "InferenceResult",
    }
    request.fleet.clients.of("sns").publish(TopicArn=topic, Message=json.dumps(message))


def _place(location: str) -> tuple[str, str]:
    bucket, _, key = location.removeprefix("s3://").partition("/")
    return bucket, key
