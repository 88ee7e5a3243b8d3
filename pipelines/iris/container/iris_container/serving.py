"""
`serve`: answers `/ping` and `/invocations` on port 8080, or where SageMaker says, until SIGTERM, after which it ends
what is under way. https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html
"""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from cheroot.wsgi import Server

from iris_container.job import InputError, ml_root
from iris_container.model import FILE, Model
from iris_container.rows import read_features

_LARGEST = 6 * 2**20
"""Bytes of a body: as batch transform sends at most by default."""

_LONGEST_ANSWER = 25
"""Seconds that what is under way may take after SIGTERM; SageMaker waits for thirty."""

Answer = tuple[HTTPStatus, str, str]
"""Status, content type, body."""

StartResponse = Callable[[str, list[tuple[str, str]]], Any]


class CurrentModel:
    """The model in a folder, read anew when its file has changed; one that cannot be read changes nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._seen = self._mark()
        self._model = Model.load(folder)

    def get(self) -> Model:
        with self._lock:
            mark = self._mark()
            if mark != self._seen:
                self._seen = mark
                self._reload()
            return self._model

    def _reload(self) -> None:
        try:
            self._model = Model.load(self._folder)
            print("the model was read anew", flush=True)
        except InputError as error:
            print(f"error: the model before is served on: {error}", flush=True)

    def _mark(self) -> tuple[int, int] | None:
        try:
            found = (self._folder / FILE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino


def serve() -> None:
    """raises InputError: where there is no model"""
    model = CurrentModel(ml_root() / "model")
    port = int(os.environ.get("SAGEMAKER_BIND_TO_PORT", "8080"))
    server = Server(("0.0.0.0", port), application(model), shutdown_timeout=_LONGEST_ANSWER)
    server.max_request_body_size = 10 * _LARGEST  # beyond which it is cut off, without an answer that is heard
    server.prepare()
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    threading.Thread(target=server.serve, daemon=True).start()
    print(f"serving on port {server.bind_addr[1]}", flush=True)
    stopping.wait()
    server.stop()


def application(model: CurrentModel) -> Callable[[dict[str, Any], StartResponse], Iterable[bytes]]:
    def answer(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        status, content_type, body = _route(model, environ)
        content = body.encode()
        headers = [("Content-Type", content_type), ("Content-Length", str(len(content)))]
        start_response(f"{status.value} {status.phrase}", headers)
        return [content]

    return answer


def _route(model: CurrentModel, environ: dict[str, Any]) -> Answer:
    path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
    if path == "/ping" and method == "GET":
        return HTTPStatus.OK, "text/plain", ""
    if path == "/execution-parameters" and method == "GET":
        limits = {"MaxConcurrentTransforms": 1, "BatchStrategy": "MULTI_RECORD", "MaxPayloadInMB": _LARGEST // 2**20}
        return HTTPStatus.OK, "application/json", json.dumps(limits)
    if path != "/invocations":
        return _refusal(HTTPStatus.NOT_FOUND, f"there is nothing at {path}")
    if method != "POST":
        return _refusal(HTTPStatus.METHOD_NOT_ALLOWED, "invocations must be sent by POST")
    return _invocation(model, environ)


def _invocation(model: CurrentModel, environ: dict[str, Any]) -> Answer:
    given = environ.get("CONTENT_TYPE", "").split(";")[0].strip().lower() or "text/csv"
    wanted = environ.get("HTTP_ACCEPT", "").split(";")[0].strip().lower()
    if given != "text/csv":
        return _refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"the content type must be text/csv, got: {given}")
    if wanted not in ("", "*/*", "text/csv", "application/json"):
        message = f"what is accepted must be text/csv or application/json, got: {wanted}"
        return _refusal(HTTPStatus.NOT_ACCEPTABLE, message)
    body = environ["wsgi.input"].read()
    if len(body) > _LARGEST:
        return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"the body must be at most {_LARGEST} bytes")
    try:
        rows = read_features(body.decode(), "body")
    except (InputError, UnicodeDecodeError) as error:
        return _refusal(HTTPStatus.BAD_REQUEST, str(error))
    predicted = model.get().predict(rows)
    if wanted == "application/json":
        told = [{"species": species, "probability": chance} for species, chance in predicted]
        return HTTPStatus.OK, wanted, json.dumps({"predictions": told})
    return HTTPStatus.OK, "text/csv", "".join(f"{species},{chance:.6f}\n" for species, chance in predicted)


def _refusal(status: HTTPStatus, message: str) -> Answer:
    return status, "application/json", json.dumps({"error": message})
