"""
`POST /mlops-local/<Action>`: what the worker that runs pipelines asks of local SageMaker, in JSON both ways. No AWS
service has these; SageMaker does them inside.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from moto.core.exceptions import ServiceException
from werkzeug.wrappers import Request, Response

from ..times import from_iso

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]
Body = Mapping[str, Any]
Action = Callable[[Body], Mapping[str, Any]]

_PREFIX = "/mlops-local/"


class ActionError(Exception):
    """An action that cannot be done; `status` is HTTP's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def required(body: Body, name: str) -> Any:
    """raises ActionError: where the value is missing"""
    if body.get(name) in (None, ""):
        raise ActionError(400, f"{name} is missing")
    return body[name]


def one_of(body: Body, name: str, values: Iterable[str]) -> str:
    """raises ActionError: where the value is none of these"""
    value, known = str(required(body, name)), sorted(values)
    if value not in known:
        raise ActionError(400, f"{name} must be one of {', '.join(known)}, got: {value}")
    return value


def moment(body: Body, name: str) -> datetime:
    """raises ActionError: where the value is missing or no ISO 8601 time"""
    text = str(required(body, name))
    try:
        return from_iso(text)
    except ValueError as error:
        raise ActionError(400, f"{name} must be an ISO 8601 time, got: {text}") from error


class ControlPlane:
    """Answers these actions, and leaves everything else to the application."""

    def __init__(self, application: Application, actions: Mapping[str, Action]) -> None:
        self._application = application
        self._actions = actions

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = str(environ.get("PATH_INFO", ""))
        if not path.startswith(_PREFIX):
            return self._application(environ, start_response)
        try:
            status, answer = 200, self._run(path.removeprefix(_PREFIX), Request(environ))
        except ActionError as error:
            status, answer = error.status, {"message": str(error)}
        except ServiceException as error:
            status, answer = 400, {"message": str(error.message)}
        return Response(json.dumps(answer), status, content_type="application/json")(environ, start_response)

    def _run(self, name: str, request: Request) -> Mapping[str, Any]:
        action = self._actions.get(name)
        if action is None or request.method != "POST":
            raise ActionError(404, f"There is no action {request.method} {name}")
        return action(_body(request))


def _body(request: Request) -> Body:
    try:
        body = json.loads(request.get_data() or b"{}")
    except ValueError as error:
        raise ActionError(400, f"The body is no JSON: {error}") from error
    if not isinstance(body, dict):
        raise ActionError(400, "The body is no JSON object")
    return body
