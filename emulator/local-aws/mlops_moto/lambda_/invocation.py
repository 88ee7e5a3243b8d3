"""
One call of a deployed function: in a Node.js process of its own, as its role, with what it prints in its log group. It
is given the AWS SDK, as Lambda's runtimes are, and ends with this process.
https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

import io
import json
import os
import tempfile
import uuid
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from moto.awslambda.models import LambdaFunction
from moto.core.utils import unix_time_millis, utcnow
from moto.logs.models import logs_backends
from moto.utilities.arns import parse_arn

from .. import children
from ..times import iso
from ..wsgi.serial import STATE_LOCK
from . import network_guard
from .origins import elsewhere, out_of_reach

_EMULATOR = Path(__file__).parents[3]
_RUNTIME = _EMULATOR / "functions" / "invoke.js"
_MODULES = _EMULATOR.parent / "node_modules"

# What Lambda switches off in Node.js: https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
_NODE_FLAGS = ("--no-experimental-require-module", "--no-experimental-detect-module")
_WITHOUT_THEM = ("nodejs18.x", "nodejs20.x", "nodejs22.x")


@dataclass(frozen=True)
class FunctionError:
    """What a function failed of, in Lambda's words."""

    kind: str
    message: str


@dataclass(frozen=True)
class Outcome:
    """`payload` is what the caller gets, JSON: the handler's result, or what it failed of. `printed`: its log."""

    payload: str
    printed: str = ""
    error: FunctionError | None = None

    @classmethod
    def failed(cls, kind: str, message: str, printed: str = "") -> "Outcome":
        payload = json.dumps({"errorType": kind, "errorMessage": message, "trace": []})
        return cls(payload, printed, FunctionError(kind, message))


def invoke(function: LambdaFunction, event: str) -> Outcome:
    """Runs the handler on an event, JSON. Not to be called with the lock, which it takes."""
    from ..control_plane.service_roles import assume_service_role  # which needs services that need this

    arn = str(function.function_arn)
    session = parse_arn(arn).resource_id
    with STATE_LOCK:
        role = assume_service_role(
            {
                "service": "lambda.amazonaws.com",
                "roleArn": function.role,
                "sessionName": session,
                "sourceArn": arn,
            }
        )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(io.BytesIO(function.code_bytes)) as package:
            package.extractall(folder / "function")
        (folder / "event.json").write_text(event)
        network_guard.began(role["accessKeyId"], function)
        try:
            printed, timed_out = _run(function, folder, _environment(function, role))
        finally:
            network_guard.ended(role["accessKeyId"])
        _log(function, printed)
        if timed_out:
            return Outcome.failed("Sandbox.Timedout", f"Task timed out after {function.timeout} seconds", printed)
        return _outcome(folder / "answer.json", printed)


def _run(function: LambdaFunction, folder: Path, environment: Mapping[str, str]) -> tuple[str, bool]:
    """What it printed, and whether it ran out of time."""
    node = os.environ.get("MLOPS_NODE", "node")
    flags = _NODE_FLAGS if function.run_time in _WITHOUT_THEM else ()
    call = ["function", function.handler, "event.json", "answer.json", function.function_arn, str(function.timeout)]
    return children.run(
        [node, *flags, str(_RUNTIME), *call],
        cwd=folder,
        environment=environment,
        output=folder / "printed",
        seconds=int(function.timeout),
    )


def _environment(function: LambdaFunction, role: Mapping[str, str]) -> dict[str, str]:
    place = parse_arn(function.function_arn)
    return {
        **function.environment_vars,
        "PATH": os.environ.get("PATH", ""),
        "HOME": "/tmp",  # the one folder that a function may write to; not the user's, who has AWS settings there
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['MOTO_PORT']}",
        "AWS_REGION": place.region,
        "AWS_DEFAULT_REGION": place.region,
        "AWS_ACCESS_KEY_ID": role["accessKeyId"],
        "AWS_SECRET_ACCESS_KEY": role["secretAccessKey"],
        "AWS_SESSION_TOKEN": role["sessionToken"],
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
        "AWS_LAMBDA_LOG_GROUP_NAME": _log_group(function),
        "AWS_LAMBDA_FUNCTION_NAME": str(function.function_name),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED": "true",
        "NODE_PATH": str(_MODULES),
        "MLOPS_ELSEWHERE": elsewhere(str(place.region)),
        "MLOPS_OUT_OF_REACH": _out_of_reach(function),
    }


def _out_of_reach(function: LambdaFunction) -> str:
    with STATE_LOCK:
        return out_of_reach(function, str(parse_arn(function.function_arn).region))


def _outcome(answer: Path, printed: str) -> Outcome:
    try:
        told: dict[str, Any] = json.loads(answer.read_text())
    except (OSError, ValueError):
        return Outcome.failed("Runtime.ExitError", "Runtime exited without providing a reason", printed)
    error = told.get("error")
    if error:
        return Outcome.failed(error["errorType"], error["errorMessage"], printed)
    return Outcome(json.dumps(told.get("result")), printed)


def _log_group(function: LambdaFunction) -> str:
    return str(function.get_configuration()["LoggingConfig"]["LogGroup"])


def _log(function: LambdaFunction, printed: str) -> None:
    """One event a line, as Lambda's JSON log format wraps what is printed."""
    place = parse_arn(function.function_arn)
    group = _log_group(function)
    request, now = str(uuid.uuid4()), utcnow()
    with STATE_LOCK:
        backend = logs_backends[place.account][place.region]
        if group not in backend.groups:
            backend.create_log_group(group, {})
        stream = f"{now:%Y/%m/%d}/{function.function_name}[$LATEST]{uuid.uuid4().hex}"
        backend.create_log_stream(group, stream)
        lines = [
            {"timestamp": iso(now), "level": "INFO", "requestId": request, "message": line}
            for line in printed.splitlines()
        ]
        events = [{"timestamp": int(unix_time_millis(now)), "message": json.dumps(line)} for line in lines]
        if events:
            backend.put_log_events(group, stream, events)
