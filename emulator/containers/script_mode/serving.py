"""Serving with a model's module: /ping and /invocations at the port SAGEMAKER_BIND_TO_PORT of the container."""

from __future__ import annotations

import importlib
import os
import sys
import threading
import traceback
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import ModuleType

from script_mode.code import bring_code
from script_mode.container import ScriptError, code_folder, is_xgboost
from script_mode.functions import ContentError, Model

_LARGEST = 6
"""MB of a payload, which XGBoost's image says to a batch."""


def serve() -> int:
    """Until it is ended; 1 where the module or its model cannot be loaded."""
    try:
        module = _module()
        model = Model(module)
    except ScriptError as error:
        print(error, flush=True)
        return 1
    except Exception:
        traceback.print_exc()
        return 1
    port = int(os.environ.get("SAGEMAKER_BIND_TO_PORT", "8080"))
    handler = handler_of(model, getattr(module, "execution_parameters_fn", None))
    print("Model loaded", flush=True)
    ThreadingHTTPServer(("127.0.0.1", port), handler).serve_forever()
    return 0


def _module() -> ModuleType:
    program = os.environ.get("SAGEMAKER_PROGRAM")
    if not program:
        raise ScriptError("the model's environment has no SAGEMAKER_PROGRAM, which is the module that loads it")
    bring_code(os.environ.get("SAGEMAKER_SUBMIT_DIRECTORY"))
    sys.path.insert(0, str(code_folder()))
    return importlib.import_module(program.removesuffix(".py"))


def handler_of(model: Model, execution_parameters: object) -> type[BaseHTTPRequestHandler]:
    turn = threading.Lock()
    """A worker of the image answers one request at a time."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/ping":
                return self._send(HTTPStatus.OK, b"", "application/json")
            if self.path == "/execution-parameters" and (is_xgboost() or callable(execution_parameters)):
                return self._send(HTTPStatus.OK, _parameters(execution_parameters), "application/json")
            return self._send(HTTPStatus.NOT_FOUND, b"", "text/html")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.path != "/invocations":
                return self._send(HTTPStatus.NOT_FOUND, b"", "text/html")
            try:
                with turn:
                    answer, kind = model.answer(body, self.headers.get("Content-Type"), self.headers.get("Accept"))
                    content = _bytes(answer)
            except ContentError as error:
                print(error, flush=True)
                status = 500 if is_xgboost() else error.status
                return self._send(status, str(error).encode(), "application/json")
            except Exception as error:
                traceback.print_exc()
                return self._send(HTTPStatus.INTERNAL_SERVER_ERROR, f"{error}".encode(), "text/html")
            return self._send(HTTPStatus.OK, content, kind)

        def _send(self, status: int, content: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            """Not a line for each request."""

    return Handler


def _parameters(own: object) -> bytes:
    if callable(own):
        return _bytes(own())
    return f'{{"MaxConcurrentTransforms": 1, "BatchStrategy": "MULTI_RECORD", "MaxPayloadInMB": {_LARGEST}}}'.encode()


def _bytes(answer: object) -> bytes:
    """What a function gives as the answer's body. raises TypeError: for what is none"""
    if isinstance(answer, bytes | bytearray):
        return bytes(answer)
    if isinstance(answer, str):
        return answer.encode()
    raise TypeError(f"output_fn must give a body of text or bytes, got: {type(answer).__name__}")
