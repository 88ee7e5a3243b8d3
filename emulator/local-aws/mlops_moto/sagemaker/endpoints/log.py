"""What a container prints, in the log group of its endpoint."""

import uuid

from moto.core.utils import unix_time_millis, utcnow
from moto.logs.models import logs_backends
from moto.utilities.arns import parse_arn

from ...wsgi.serial import STATE_LOCK

_PREFIX = "/aws/sagemaker/Endpoints/"


def log_group(endpoint: str) -> str:
    """endpoint: its ARN"""
    return f"{_PREFIX}{parse_arn(endpoint).resource_id}"


def write_log(endpoint: str, variant: str, text: str) -> None:
    """One event a line; takes the lock."""
    place, group, now = parse_arn(endpoint), log_group(endpoint), int(unix_time_millis(utcnow()))
    events = [{"timestamp": now, "message": line} for line in text.splitlines() if line.strip()]
    if not events:
        return
    with STATE_LOCK:
        backend = logs_backends[place.account][place.region]
        if group not in backend.groups:
            backend.create_log_group(group, {})
        stream = f"{variant}/i-{uuid.uuid4().hex[:17]}"
        backend.create_log_stream(group, stream)
        backend.put_log_events(group, stream, events)
