"""
Data capture: each invocation an object of one line of JSON, as the execution role. SageMaker collects several in an
object, and writes it some minutes later.
https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
"""

import base64
import json
import logging
import uuid
from collections.abc import Mapping
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from moto.core.utils import utcnow
from moto.utilities.arns import parse_arn

from ...times import iso_seconds
from .serving import Fleet

_MODES = {"Input": ("Input",), "Output": ("Output",), "InputAndOutput": ("Input", "Output")}

Content = tuple[str, bytes]
"""Content type and body."""


def capture(fleet: Fleet, variant: str, inference_id: str | None, given: Content, answer: Content) -> None:
    """Of a hundred invocations as many as the sampling percentage says, evenly: nobody's test is left to chance."""
    settings = fleet.deployment.capture
    if not settings or not settings.get("EnableCapture", True) or not _is_sampled(fleet, settings):
        return
    line = f"{json.dumps(_record(settings, inference_id, given, answer))}\n"
    bucket, key = _place(fleet, settings, variant)
    encryption = (
        {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": settings["KmsKeyId"]} if settings.get("KmsKeyId") else {}
    )
    try:
        fleet.clients.of("s3").put_object(Bucket=bucket, Key=key, Body=line.encode(), **encryption)
    except (BotoCoreError, ClientError) as error:
        logging.warning("%s captures nothing: %s", fleet.deployment.endpoint, error)


def _is_sampled(fleet: Fleet, settings: Mapping[str, Any]) -> bool:
    with fleet.counting:
        before = int(fleet.captured)
        fleet.captured += settings["InitialSamplingPercentage"] / 100
        return int(fleet.captured) > before


def _place(fleet: Fleet, settings: Mapping[str, Any], variant: str) -> tuple[str, str]:
    bucket, _, prefix = str(settings["DestinationS3Uri"]).removeprefix("s3://").rstrip("/").partition("/")
    name = parse_arn(fleet.deployment.endpoint).resource_id
    now = utcnow()
    key = f"{name}/{variant}/{now:%Y/%m/%d/%H/%M-%S}-{now.microsecond // 1000:03}-{uuid.uuid4()}.jsonl"
    return bucket, f"{prefix}/{key}" if prefix else key


def _record(settings: Mapping[str, Any], inference_id: str | None, given: Content, answer: Content) -> dict[str, Any]:
    modes = {mode for option in settings["CaptureOptions"] for mode in _MODES[option["CaptureMode"]]}
    contents = {"Input": given, "Output": answer}
    return {
        "captureData": {
            f"endpoint{mode}": _shown(mode.upper(), settings, contents[mode]) for mode in contents if mode in modes
        },
        "eventMetadata": {
            "eventId": str(uuid.uuid4()),
            **({"inferenceId": inference_id} if inference_id else {}),
            "inferenceTime": iso_seconds(utcnow()),
        },
        "eventVersion": "0",
    }


def _shown(mode: str, settings: Mapping[str, Any], content: Content) -> dict[str, str]:
    """As text where the configuration knows its content type, else encoded."""
    content_type, body = content
    known = settings.get("CaptureContentTypeHeader") or {}
    plain = content_type.split(";")[0].strip().lower()
    for encoding, name in (("CSV", "CsvContentTypes"), ("JSON", "JsonContentTypes")):
        if plain in [each.lower() for each in known.get(name) or []]:
            data = body.decode(errors="replace")
            return {"observedContentType": content_type, "mode": mode, "data": data, "encoding": encoding}
    data = base64.b64encode(body).decode()
    return {"observedContentType": content_type, "mode": mode, "data": data, "encoding": "BASE64"}
